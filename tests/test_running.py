"""What runs again and what does not, on a small course with real kernels."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from running_course import BELLS, changed, planned, ran, with_kernel, with_package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KERNEL = {"kernel": "bells"}
EVERYTHING = {"tower/weights": 3, "tower/rounds": 2, "tower/changes": 2}


@pytest.fixture(scope="module")
def rung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course after its first run, and the kernel's packages beside it."""
    place = tmp_path_factory.mktemp("rung")
    shutil.copytree(BELLS, place / "course")
    changed(place / "course/chapters/en/tower/weights.mdx", "import csv\n", "import csv\n\nimport chimes\n")
    with_package(place, "chimes", "1.2")
    with_kernel(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CACHE", str(place / "kept"))
        patch.setenv("JUPYTER_PATH", str(place / "jupyter"))
        first = ran(place / "course", **KERNEL)
    assert first.pages == EVERYTHING
    assert first.executed == EVERYTHING
    assert first.outcome.findings == []
    return place


@pytest.fixture
def place(rung: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the course that has run; the cells' kept outputs are there, what builds keep is not."""
    shutil.copytree(rung / "course", tmp_path / "course")
    shutil.copytree(rung / "site", tmp_path / "site")
    with_kernel(tmp_path)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return tmp_path


def notebooks(place: Path) -> dict[str, str]:
    folder = place / "course" / "notebooks" / "en"
    return {file.relative_to(folder).as_posix(): file.read_text() for file in sorted(folder.rglob("*.ipynb"))}


def page(place: Path, name: str) -> Path:
    return place / "course" / "chapters" / "en" / "tower" / f"{name}.mdx"


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda place: changed(page(place, name), old, new)


def rename(place: Path) -> None:
    page(place, "rounds").rename(page(place, "in_order"))
    changed(page(place, "changes"), "run_after: tower/rounds", "run_after: tower/in_order")
    changed(place / "course/chapters/en/_toctree.yml", "local: tower/rounds", "local: tower/in_order")


def upgrade(place: Path) -> None:
    with_package(place, "chimes", "2.0")


def ring_lower(place: Path) -> None:
    changed(place / "course/chapters/en/tower/bells.csv", "Tenor,870", "Tenor,900")


NOTHING: dict[str, int] = {}
CHANGES = {"tower/changes": 2}
EDITS = [
    ("a comment", edit("weights", "# One row a bell, the lightest first.", "# The lightest first."), NOTHING, NOTHING, ""),
    ("quotes and spaces", edit("rounds", "[1, 2, 3, 4]", "[\n    1, 2,\n    3, 4,\n]"), NOTHING, NOTHING, ""),
    ("prose", edit("weights", "keep a list of their bells", "keep\na list of bells"), NOTHING, NOTHING, ""),
    ("a page's name", rename, NOTHING, NOTHING, ""),
    ("an output that the author wrote", edit("changes", "2 1 3 4", "4 3 2 1"), NOTHING, NOTHING, ""),
    ("a constant", edit("changes", "(0, 2)", "(0, 1)"), CHANGES, {"tower/rounds": 2, **CHANGES}, "cell 2 (line 19) changed"),
    ("a version", upgrade, {"tower/weights": 3}, {"tower/weights": 3}, "chimes 1.2 → 2.0"),
    ("a data file", ring_lower, {"tower/weights": 3}, {"tower/weights": 3}, "`chapters/en/tower/bells.csv` changed"),
    ("an earlier page", edit("rounds", "[1, 2, 3, 4]", "[1, 2, 3, 5]"), {"tower/rounds": 2, **CHANGES}, {"tower/rounds": 2, **CHANGES},
     "`tower/rounds`, which it goes on from, changed"),
    ("what a cell may raise", edit("weights", "raises=KeyError", "raises=*"), {"tower/weights": 3}, {"tower/weights": 3},
     "what its cells are meant to do changed"),
    ("a cell that is no longer run", edit("changes", "```python\nprint(*swapped", "```python no-run\nprint(*swapped"), CHANGES,
     {"tower/rounds": 2, "tower/changes": 1}, "cell 2 (line 19) changed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "kept", "executed", "reason"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS]
)
def test_what_depends_on_a_change_runs_again_and_nothing_else(
    place: Path, act: Callable[[Path], None], kept: dict[str, int], executed: dict[str, int], reason: str
) -> None:
    act(place)
    again = ran(place / "course", **KERNEL)
    assert again.pages == kept
    assert again.executed == executed
    reasons = [reason for page in again.plan.due for reason in page.reasons]
    assert (reason in reasons) if reason else reasons == []
    assert ran(place / "course", **KERNEL).executed == NOTHING


def test_a_changed_text_reaches_the_notebook_with_the_same_outputs_and_date(place: Path) -> None:
    before = notebooks(place)
    edit("weights", "# One row a bell, the lightest first.", "# Light bells first.")(place)
    edit("weights", "keep a list", "hide a list")(place)
    assert [each.page.id for each in ran(place / "course", **KERNEL).outcome.refreshed] == ["tower/weights"]
    after = notebooks(place)
    assert {name for name in before if before[name] != after[name]} == {"tower/weights.ipynb"}
    old, new = (json.loads(each["tower/weights.ipynb"]) for each in (before, after))
    assert "hide a list" in after["tower/weights.ipynb"]
    assert "# Light bells first." in after["tower/weights.ipynb"]
    assert [each.get("outputs") for each in old["cells"]] == [each.get("outputs") for each in new["cells"]]
    assert old["metadata"]["course"]["checked"] == new["metadata"]["course"]["checked"]


def test_a_renamed_page_takes_its_run_along(place: Path) -> None:
    rename(place)
    ran(place / "course", **KERNEL)
    after = notebooks(place)
    assert sorted(after) == ["tower/changes.ipynb", "tower/in_order.ipynb", "tower/weights.ipynb"]
    assert json.loads(after["tower/in_order.ipynb"])["metadata"]["course"]["page"] == "tower/in_order"
    assert list(json.loads(after["tower/changes.ipynb"])["metadata"]["course"]["depends"]["after"]) == [
        "tower/in_order"
    ]


def cut(file: Path) -> None:
    file.write_text(file.read_text()[:-40])


def edit_output(file: Path) -> None:
    file.write_text(file.read_text().replace("4 bells\\n", "5 bells\\n"))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "its kept run is damaged: it is no JSON"),
        (edit_output, "its kept run is damaged: it was changed since it was written"),
        (lambda file: file.write_bytes(b"\xff\xfe"), "its kept run is damaged: it cannot be read as text"),
        (lambda file: file.unlink(), "it never ran"),
    ],
    ids=["cut", "edited", "bytes", "gone"],
)
def test_a_spoilt_notebook_is_made_again(place: Path, spoil: Callable[[Path], None], reason: str) -> None:
    file = place / "course" / "notebooks" / "en" / "tower" / "weights.ipynb"
    whole = file.read_text()
    spoil(file)
    again = ran(place / "course", **KERNEL)
    assert [each.reasons for each in again.plan.due] == [(reason,)]
    assert again.executed == {"tower/weights": 3}
    assert [each["outputs"] for each in cells(file.read_text())] == [each["outputs"] for each in cells(whole)]


def cells(text: str) -> list[dict[str, object]]:
    return [each for each in json.loads(text)["cells"] if "outputs" in each]


def test_a_page_that_was_not_asked_for_is_left_alone(place: Path) -> None:
    edit("rounds", "[1, 2, 3, 4]", "[1, 2, 3, 5]")(place)
    ring_lower(place)
    assert ran(place / "course", {"tower/rounds"}, **KERNEL).pages == {"tower/rounds": 2}
    # What it goes on from is out of date as well: one kernel for both, and no cell twice.
    edit("rounds", "[1, 2, 3, 5]", "[1, 2, 3, 6]")(place)
    again = ran(place / "course", {"tower/changes"}, **KERNEL)
    assert again.pages == again.executed == {"tower/rounds": 2, **CHANGES}


def test_a_lock_file_stands_for_the_versions(place: Path) -> None:
    lock = place / "course" / "lock.txt"
    lock.write_text("chimes==1.2\n")
    locked = {**KERNEL, "environment": "lock.txt"}
    reasons = [each.reasons for each in planned(place / "course", {"tower/weights"}, **locked).due]
    assert reasons == [("chimes 1.2 is no longer there", "the lock file `lock.txt` counts now")]
    assert ran(place / "course", {"tower/weights"}, **locked).executed == {"tower/weights": 3}
    upgrade(place)
    assert planned(place / "course", {"tower/weights"}, **locked).due == ()
    lock.write_text("chimes==2.0\n")
    reasons = [each.reasons for each in planned(place / "course", {"tower/weights"}, **locked).due]
    assert reasons == [("the lock file `lock.txt` changed",)]


def test_failed_cells_are_kept_and_told_each_time_at_their_own_line(place: Path) -> None:
    edit("rounds", "print(*bells)", "print(*bells)\nbells[7]")(place)
    first = ran(place / "course", {"tower/rounds"}, **KERNEL)
    second = ran(place / "course", {"tower/rounds"}, **KERNEL)
    assert (first.executed, second.executed) == ({"tower/rounds": 2}, NOTHING)
    told = [
        [(each.code, each.span.text, each.message) for each in one.outcome.findings]
        for one in (first, second)
    ]
    assert (
        told[0]
        == told[1]
        == [("cell-failed", "bells[7]", "the cell raised `IndexError: list index out of range`")]
    )


def test_a_lost_cell_runs_again(place: Path) -> None:
    edit("rounds", "```python\nbells =", "```python timeout=0.5\nwhile True: pass\nbells =")(place)
    first = ran(place / "course", {"tower/rounds"}, **KERNEL)
    assert {each.code for each in first.outcome.findings} == {"cell-lost"}
    due = planned(place / "course", {"tower/rounds"}, **KERNEL).due
    assert [each.reasons for each in due] in (
        [("one cell did not come to its end",)],
        [("two cells did not come to their end",)],
    )


def test_the_first_failed_cell_may_end_it(place: Path) -> None:
    edit("rounds", "print(*bells)", "print(*belles)")(place)
    again = ran(place / "course", {"tower/changes"}, fail_fast=True, **KERNEL)
    assert again.executed == {"tower/rounds": 1}
    assert [each.code for each in again.outcome.findings if each.code == "cell-failed"] == ["cell-failed"]


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("tower/changes", "the page goes on from itself"),
        ("tower/round", "there is no page `tower/round` to go on from"),
    ],
)
def test_a_page_that_goes_on_from_nowhere_is_told(place: Path, before: str, message: str) -> None:
    edit("changes", "run_after: tower/rounds", f"run_after: {before}")(place)
    made = planned(place / "course", **KERNEL)
    assert [(each.code, each.message, each.span.line) for each in made.findings] == [
        ("page-setting", message, 2)
    ]
    assert [each.page.id for each in made.due] == ["tower/changes"]


def test_a_page_does_not_go_on_in_another_kernel(place: Path) -> None:
    edit("changes", "run_after:", "kernel: python3\nrun_after:")(place)
    made = planned(place / "course", **KERNEL)
    assert [each.message for each in made.findings] == [
        "`tower/rounds`, which it goes on from, has another kernel"
    ]
    assert [len(each.chain) for each in made.due] == [1]


def test_a_kernel_that_is_not_there_is_told(place: Path) -> None:
    file = page(place, "weights")
    file.write_text(f"---\nkernel: belfry\n---\n\n{file.read_text()}")
    again = ran(place / "course", {"tower/weights"}, **KERNEL)
    assert again.executed == NOTHING
    assert [each.message for each in again.plan.findings] == [
        "the page cannot run: there is no kernel `belfry`"
    ]


def test_translations_run_on_their_own_where_strings_differ_and_the_setting_asks(place: Path) -> None:
    french = place / "course/chapters/fr/tower/weights.mdx"
    assert planned(place / "course", translated_cells="run", **KERNEL).due == ()
    changed(french, "import csv\n", "import csv\n\nimport chimes\n")
    again = ran(place / "course", translated_cells="run", **KERNEL)
    assert again.executed == {"tower/weights (fr)": 2}
    assert list(again.outcome.runs) == [("fr", "tower/weights")]
    text = (place / "course/notebooks/fr/tower/weights.ipynb").read_text()
    assert "4 cloches" in text
    assert ran(place / "course", translated_cells="run", **KERNEL).executed == NOTHING
    assert ran(place / "course", **KERNEL).executed == NOTHING


def test_kept_runs_are_not_written_through_a_link_out_of_the_course(place: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(place / "course" / "notebooks")
    (place / "course" / "notebooks").symlink_to(outside)
    with pytest.raises(PermissionError, match="leads out of the course"):
        ran(place / "course", {"tower/rounds"}, **KERNEL)
    assert os.listdir(outside) == []  # noqa: PTH208 - as short as it gets
