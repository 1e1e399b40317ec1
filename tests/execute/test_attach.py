from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_runs import cell_run, printed, run_of
from pages_of_text import document_of, fences, page_of

from site_builder.execute.attach import attach
from site_builder.execute.attached.cell_matching import matched
from site_builder.model.notebook import Output
from site_builder.model.run import FAILED, LOST, RAISED, SKIPPED
from site_builder.model.tree import cells_of

PATH, OWN = "notebooks/en/chapter1/1.ipynb", "notebooks/fr/chapter1/1.ipynb"


def shown(document):
    """For each cell what a reader sees under it: `fresh:` and `written:` texts."""
    made = []
    for cell in cells_of(document):
        fresh = [f"fresh:{each.text}" for each in cell.outputs]
        assert cell.outputs_from in ((PATH, OWN) if fresh else ("",))
        made.append(" ".join([*fresh, *(f"written:{each.text.strip()}" for each in cell.expected)]))
    return made


def own_page(text, run):
    document = document_of(text)
    attached, findings = attach(document, page_of(document), None, run, PATH)
    return attached, findings


def translated(text, original, run, own=None):
    document = document_of(text, "fr")
    return attach(document, page_of(document, "fr"), document_of(original), run, PATH, own, OWN)


def said(findings):
    return [(each.code, each.span.line) for each in findings]


ABC = run_of(cell_run("a = 1\n", "1"), cell_run("b = 2\n", "2"), cell_run("c = 3\n", "3"))


# ---- the original --------------------------------------------------------------------------------------


def test_a_page_shows_what_came_out():
    document, findings = own_page(fences("a = 1  # one", "b = 2 => old", "c=3"), ABC)
    assert shown(document) == ["fresh:1", "fresh:2", "fresh:3"]
    assert (findings, document.checked) == ((), ABC.checked)


def test_without_a_run_the_document_stays_the_same():
    document = document_of(fences("a => 1", "no-format|b"))
    assert attach(document, page_of(document), None, None, "")[0] is document
    assert attach(document, page_of(document, "fr"), document, None, "")[0] is document
    bare = document_of("# Title\n\nText.\n")
    assert attach(bare, page_of(bare), None, ABC, PATH)[0] is bare


def test_from_the_first_changed_cell_on_nothing_is_fresh():
    document, findings = own_page(fences("a = 1", "b = 22 => old", "c = 3"), ABC)
    assert shown(document) == ["fresh:1", "written:old", ""]
    assert said(findings) == [("stale-run", 9)]
    assert "changed" in findings[0].message
    assert "chapter1/1" in findings[0].help


@pytest.mark.parametrize(
    "codes", [("b = 2", "a = 1", "c = 3"), ("b = 2", "c = 3"), ("new", "a = 1", "b = 2", "c = 3")]
)
def test_moved_removed_and_new_cells_are_changes(codes):
    document, findings = own_page(fences(*codes), ABC)
    assert shown(document) == [""] * len(codes)
    assert said(findings) == [("stale-run", 3)]
    assert document.checked is None


def test_a_cell_added_at_the_end_is_new():
    document, findings = own_page(fences("a = 1", "b = 2", "c = 3", "d = 4"), ABC)
    assert shown(document) == ["fresh:1", "fresh:2", "fresh:3", ""]
    assert (said(findings), findings[0].message) == (
        [("stale-run", 21)],
        "the cell is new since the page was run",
    )


def test_what_is_not_run_has_no_part_in_it():
    run = run_of(cell_run("a\n", "1"), cell_run("x = =\n", state=SKIPPED), cell_run("b\n", "2"))
    for codes in [("a", "x = =", "b"), ("a", "b"), ("no-run|z", "a", "y = = ", "no-run|w => old", "b")]:
        document, findings = own_page(fences(*codes), run)
        assert [each for each in shown(document) if "fresh" in each] == ["fresh:1", "fresh:2"]
        assert not findings


def test_what_a_fence_says_is_shown():
    run = run_of(*(cell_run(f"{name}\n", name.upper()) for name in "abcdef"))
    codes = (
        "output=fresh|a => old",
        "output=recorded|b => old",
        "output=both|c => old",
        "output=none|d => old",
        "e => old",
        "output=recorded|f",
    )
    document, _ = own_page(fences(*codes), run)
    assert shown(document) == ["fresh:A", "written:old", "fresh:C written:old", "", "fresh:E", ""]
    document, _ = own_page(fences(*codes), None)
    assert shown(document) == ["written:old"] * 3 + ["", "written:old", ""]


def test_a_cell_without_outputs_shows_what_was_written_unless_it_is_to_be_fresh():
    run = run_of(cell_run("a\n"), cell_run("b\n"))
    document, _ = own_page(fences("a => old", "output=fresh|b => old"), run)
    assert shown(document) == ["written:old", ""]
    assert document.checked == run.checked


def test_what_a_stand_in_says_is_not_shown_by_itself():
    run = run_of(*(cell_run(f"{name}\n", "nonsense", meaningful=False) for name in "abc"))
    document, _ = own_page(fences("a => old", "b", "output=fresh|c => old"), run)
    assert shown(document) == ["written:old", "", "fresh:nonsense"]


def test_what_an_author_wrote_is_truer_than_what_a_page_with_stand_ins_gave():
    run = run_of(*(cell_run(f"{name}\n", "12 rows") for name in "abc"))
    text = fences("a => 654 rows", "b", "output=fresh|c => 654 rows")
    assert shown(own_page(text, run)[0]) == ["fresh:12 rows", "fresh:12 rows", "fresh:12 rows"]
    with_stand_ins = replace(run, checked=replace(run.checked, stand_ins=True))
    assert shown(own_page(text, with_stand_ins)[0]) == ["written:654 rows", "fresh:12 rows", "fresh:12 rows"]


TRACE = "\x1b[31m-----\x1b[39m\n\x1b[31mNameError\x1b[39m  Traceback\nCell \x1b[32mIn[4], line 2\x1b[39m\n      1 x\n----> 2 y\n"
ERROR = Output("error", TRACE, name="NameError", value="name 'y' is not defined")


def test_a_failed_cell_is_told_at_its_line():
    run = run_of(
        cell_run("x = 1\ny\n", state=FAILED, outputs=(printed("so far"), ERROR)), cell_run("z\n", "fine")
    )
    document, findings = own_page(fences("x = 1\ny => old", "z"), run)
    assert shown(document) == ["written:old", "fresh:fine"]
    (finding,) = findings
    assert (finding.code, finding.span.line, finding.span.text) == ("cell-failed", 5, "y")
    assert finding.message == "the cell raised `NameError: name 'y' is not defined`"
    assert "raises=NameError" in finding.help


def test_a_cell_that_raised_nothing_is_told_at_its_fence():
    run = run_of(cell_run("x = 1\n", state=FAILED, reason="it raised nothing where `KeyError` was meant"))
    _, (finding,) = own_page(fences("raises=KeyError|x = 1"), run)
    assert (finding.code, finding.span.text) == ("cell-failed", "```python raises=KeyError")
    assert finding.message == "the cell failed: it raised nothing where `KeyError` was meant"


def test_only_the_first_lost_cell_is_told():
    run = run_of(*(cell_run(f"{name}\n", state=LOST, reason="it took longer than 1 s") for name in "ab"))
    document, findings = own_page(fences("a => old", "b"), run)
    assert (shown(document), said(findings)) == (["written:old", ""], [("cell-lost", 3)])
    assert document.checked is None


def test_what_was_meant_to_be_raised_is_shown():
    run = run_of(cell_run("y\n", state=RAISED, outputs=(ERROR,)))
    document, findings = own_page(fences("raises=NameError|y"), run)
    assert ([each.kind for each in next(cells_of(document)).outputs], findings) == (["error"], ())


def test_cells_in_lists_and_folds_and_footnotes_have_theirs():
    text = "# T\n\n- a\n\n  > ```py\n  > a = 1\n  > ```\n\n> [!TIP]\n> ```py\n> b = 2\n> ```\n\nN[^1].\n\n[^1]: F\n\n    ```py\n    c = 3\n    ```\n"
    document, findings = own_page(text, ABC)
    assert shown(document) == ["fresh:1", "fresh:2", "fresh:3"]
    assert not findings


def test_a_notebook_page_keeps_its_outputs_until_it_runs():
    stored = {"output_type": "stream", "name": "stdout", "text": "stored"}
    cells = [{"cell_type": "code", "source": code, "outputs": [stored]} for code in ("a = 1", "b = 22")]
    document = document_of(json.dumps({"cells": cells}), ending="ipynb")
    page = page_of(document)
    assert attach(document, page, None, None, "")[0] is document
    attached, findings = attach(document, page, None, ABC, PATH)
    one, two = cells_of(attached)
    assert (one.outputs[0].text, one.outputs_from) == ("1", PATH)
    assert (two.outputs[0].text, two.outputs_from) == ("stored", document.span.source.path)
    assert [each.code for each in findings] == ["stale-run"]


# ---- translations --------------------------------------------------------------------------------------

ENGLISH = fences("a = 1  # one", "print('two')", "c = 3")
RUN = run_of(cell_run("a = 1  # one\n", "1"), cell_run("print('two')\n", "two"), cell_run("c = 3\n", "3"))


def test_equal_cells_get_the_original_s_outputs():
    document, findings = translated(fences("a = 1  # un", 'print("two")', "c = 3 => trois"), ENGLISH, RUN)
    assert shown(document) == ["fresh:1", "fresh:two", "fresh:3"]
    assert (findings, document.checked) == ((), RUN.checked)


def test_a_cell_that_differs_shows_what_was_written():
    document, findings = translated(fences("a = 1", "print('deux') => deux", "d = 4", "c = 3"), ENGLISH, RUN)
    assert shown(document) == ["fresh:1", "written:deux", "", "fresh:3"]
    assert said(findings) == [("differing-cell", 9), ("differing-cell", 17)]
    assert "strings only" in findings[0].message
    assert findings[0].notes[0][0].line == 9
    assert "no cell" in findings[1].message
    assert not findings[1].notes


def test_a_translation_that_was_run_itself_helps_out():
    own = run_of(
        cell_run("a = 1\n", "eins"),
        cell_run("print('deux')\n", "deux"),
        cell_run("c = 3\n", "drei"),
        language="fr",
    )
    document, findings = translated(fences("a = 1", "print('deux')", "c = 3"), ENGLISH, RUN, own)
    assert (shown(document), findings) == (["fresh:1", "fresh:deux", "fresh:3"], ())
    assert [each.outputs_from for each in cells_of(document)] == [PATH, OWN, PATH]
    document, findings = translated(
        fences("a = 1", "print('zwei')", "print('drei')", "c = 3"), ENGLISH, RUN, own
    )
    assert shown(document) == ["fresh:1", "", "", "fresh:3"]
    assert said(findings) == [("stale-run", 9)]


def test_a_translation_s_own_failure_is_told_on_it():
    own = run_of(
        cell_run("a = 1\n", "1"), cell_run("print('deux')\n", state=FAILED, outputs=(ERROR,)), language="fr"
    )
    _, findings = translated(fences("a = 1", "print('deux')"), ENGLISH, RUN, own)
    assert said(findings) == [("cell-failed", 9)]


def test_equal_cells_match_one_to_one():
    codes = ["x", "y", "x", "z", "x"]
    run = run_of(*(cell_run(f"{code}\n", str(at)) for at, code in enumerate(codes)))
    document, _ = translated(fences("x", "y", "x", "z", "x"), fences(*codes), run)
    assert shown(document) == [f"fresh:{at}" for at in range(5)]
    document, _ = translated(fences("y", "x", "z", "x", "x", "x"), fences(*codes), run)
    assert shown(document) == ["fresh:1", "fresh:2", "fresh:3", "fresh:4", "fresh:0", ""]


def test_what_failed_is_told_on_the_original_alone():
    run = run_of(
        cell_run("a = 1\n", state=FAILED, outputs=(ERROR,)),
        cell_run("print('two')\n", "two"),
        cell_run("c = 3\n", state=LOST),
    )
    document, findings = translated(fences("a = 1 => eins", "print('two')", "c = 3"), ENGLISH, run)
    assert (shown(document), findings) == (["written:eins", "fresh:two", ""], ())


def test_a_stale_original_gives_nothing_and_is_told_there():
    changed = fences("a = 1", "print('new')", "c = 3")
    document, findings = translated(fences("a = 1", "print('new')", "c = 3"), changed, RUN)
    assert (shown(document), findings) == (["fresh:1", "", ""], ())


def test_what_is_not_run_in_the_original_differs_silently():
    original = fences("no-run|ask('me')", "x = = 1", "a = 1")
    run = run_of(
        cell_run("ask('me')\n", state=SKIPPED), cell_run("x = = 1\n", state=SKIPPED), cell_run("a = 1\n", "1")
    )
    document, findings = translated(fences("ask('moi')", "x = = 2", "no-run|w", "a = 1"), original, run)
    assert (shown(document), findings) == (["", "", "", "fresh:1"], ())


def test_a_translation_takes_over_what_the_original_s_fence_says():
    original = fences("hide-input output=both caption='A bell'|a = 1", "output=none|print('x')")
    run = run_of(cell_run("a = 1\n", "1"), cell_run("print('x')\n", "x"))
    document, _ = translated(fences("caption='Une cloche'|a = 1 => alt", "print('y') => y"), original, run)
    one, two = cells_of(document)
    assert (one.controls.hide_input, one.controls.output, one.controls.caption) == (
        True,
        "both",
        "Une cloche",
    )
    assert shown(document) == ["fresh:1 written:alt", ""]
    assert two.controls.output == "none"
    document, _ = translated(fences("a = 1", "print('y') => y"), original, None)
    assert [each.controls.hide_input for each in cells_of(document)] == [True, False]
    assert shown(document) == ["", ""]


def test_without_a_run_no_difference_is_told():
    document, findings = translated(fences("other"), ENGLISH, None)
    assert (shown(document), findings) == ([""], ())


def test_a_page_that_the_original_lacks_has_its_own_run():
    document = document_of(fences("a = 1"), "fr")
    own = run_of(cell_run("a = 1\n", "1"))
    attached, findings = attach(document, page_of(document, "fr"), None, None, "", own, OWN)
    assert (shown(attached), findings, attached.checked) == (["fresh:1"], (), own.checked)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_matching_is_one_to_one_and_as_large_as_can_be(ours, theirs):
    pairs = matched(ours, theirs)
    assert len(set(pairs.values())) == len(pairs)
    assert all(ours[one] == theirs[other] for one, other in pairs.items())
    assert len(pairs) == sum(min(ours.count(key), theirs.count(key)) for key in "abc")


def test_a_great_many_equal_cells_are_matched_in_no_time():
    assert len(matched(["a"] * 20_000, ["a"] * 19_999)) == 19_999


@settings(max_examples=100, deadline=None)
@given(st.text(), st.text())
def test_any_words_of_a_kernel_can_be_told(name, text):
    error = Output("error", text, name=name, value=text)
    run = run_of(
        cell_run("a\n", state=FAILED, outputs=(error,), reason=text), cell_run("b\n", state=LOST, reason=text)
    )
    _, findings = own_page(fences("a", "b"), run)
    assert [each.code for each in findings] == ["cell-failed", "cell-lost"]
    assert all("\n" not in each.message and len(each.message) < 500 for each in findings)
