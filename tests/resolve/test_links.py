from __future__ import annotations

import pytest

from site_builder.model.document import Target

PAGES = [
    ("training", "chapter2/train"),
    ("training.mdx", "chapter2/train"),
    ("./training.md?fw=pt", "chapter2/train"),
    ("train", "chapter2/train"),
    ("../chapter1/hands_on", "chapter1/hands_on"),
    ("../chapter1", "chapter1/1"),
    ("../chapter1/", "chapter1/1"),
    ("chapter1/1", "chapter1/1"),
    ("..", ""),
    ("../events", "events"),
    ("/doors/chapter1", "chapter1/1"),
    ("/doors", ""),
    ("/doors/en/chapter1/1", "chapter1/1"),
    ("/learn/doors/chapter1/hands_on.mdx", "chapter1/hands_on"),
    ("https://huggingface.co/learn/doors/chapter1", "chapter1/1"),
    ("http://www.huggingface.co/doors/chapter1/1", "chapter1/1"),
    ("/chapter1/hands_on", "chapter1/hands_on"),
    ("../../en/chapter1/1", "chapter1/1"),
]


@pytest.mark.parametrize(("address", "page"), PAGES)
def test_a_link_to_a_page(small_course, address, page):
    document, findings = small_course.resolve(f"# A\n\n[a]({address}) [b]({address}#large-ones)\n")
    assert document.targets == {
        address: Target("page", page),
        f"{address}#large-ones": Target("page", page, "large-ones"),
    }
    assert findings == ()


OUTSIDE = [
    ("https://example.org/a#b", "https://example.org/a#b"),
    ("//example.org", "https://example.org"),
    ("mailto:a@example.org", "mailto:a@example.org"),
    ("/docs/doors/index", "https://huggingface.co/docs/doors/index"),
    ("/learn/gates/chapter1/1", "https://huggingface.co/learn/gates/chapter1/1"),
    ("/doors/de/chapter1/1", "https://huggingface.co/doors/de/chapter1/1"),
    ("https://huggingface.co/doorstep", "https://huggingface.co/doorstep"),
]


@pytest.mark.parametrize(("address", "url"), OUTSIDE)
def test_a_link_to_another_site(small_course, address, url):
    document, findings = small_course.resolve(f"# A\n\n[a]({address})\n")
    assert (document.targets, findings) == ({address: Target("outside", url)}, ())


def test_a_link_to_another_edition(small_course, french_course):
    text = "# A\n\n[a](/doors/fr/chapter1) [b](/doors/zh-CN/chapter1/1#x) [c](/doors/en/events) [d](../../fr/events)\n"
    document, findings = french_course.resolve(text)
    assert list(document.targets.values()) == [
        Target("page", "chapter1/1"),
        Target("edition", "zh-CN/chapter1/1", "x"),
        Target("edition", "events"),
        Target("page", "events"),
    ]
    assert findings == ()
    assert small_course.resolve(text)[0].targets["/doors/fr/chapter1"] == Target("edition", "fr/chapter1/1")


FILES = [
    ("door.png", "chapters/en/chapter2/door.png"),
    ("./door.png", "chapters/en/chapter2/door.png"),
    ("../data.csv", "chapters/en/data.csv"),
    ("data.csv", "chapters/en/data.csv"),
    ("../../plan.png", "chapters/plan.png"),
    ("/plan.png", "chapters/plan.png"),
    ("/chapters/plan.png", "chapters/plan.png"),
]


@pytest.mark.parametrize(("address", "file"), FILES)
def test_a_file_of_the_course(small_course, address, file):
    document, findings = small_course.resolve(f"# A\n\n![a]({address}) [b]({address})\n")
    assert (document.targets, findings) == ({address: Target("file", file)}, ())


FAULTS = [
    ("trainig", "dead-link", "did you mean `training`?"),
    ("../chapter1/hands-on", "dead-link", "did you mean `../chapter1/hands_on`?"),
    ("/doors/chapter1/handson", "dead-link", "did you mean `/doors/chapter1/hands_on`?"),
    ("../chapter7/1", "dead-link", "write the path of a page, such as `../chapter2/1`, or a whole URL"),
    ("training#large-one", "dead-anchor", "did you mean `large-ones`?"),
    ("notes.pdf", "missing-file", "put the file into `chapters/en/chapter2`, or write a whole URL"),
    ("../../../../etc/passwd", "outside-course", "put the file beside the page"),
    ("example.org/doors", "missing-scheme", "write `https://example.org/doors`"),
    ("localhost:7860", "missing-scheme", "write `http://localhost:7860`"),
    ("someone@example.org", "missing-scheme", "write `mailto:someone@example.org`"),
    ("https:/example.org", "malformed-link", "write `https://example.org`"),
    ("http://https://example.org", "malformed-link", "write `https://example.org`"),
    ("(https://example.org/a_(b))", "malformed-link", "write `https://example.org/a_(b)`"),
    ("JavaScript:alert(1)", "unsafe-link", "write an address that begins with `https://`"),
    ("vbscript:x", "unsafe-link", "write an address that begins with `https://`"),
    ("data:text/html,x", "unsafe-link", "write an address that begins with `https://`"),
]


@pytest.mark.parametrize(("address", "code", "action"), FAULTS)
def test_a_fault_in_a_link(small_course, address, code, action):
    document, (finding,) = small_course.resolve(f"# A\n\nSee [a]({address}).\n")
    assert (finding.code, finding.help, finding.span.text) == (code, action, address)
    assert finding.span.line == 3
    if code in {"dead-link", "missing-file", "outside-course", "unsafe-link"}:
        assert document.targets[address] == Target("dead")


def test_a_dead_link_is_found_at_each_place(small_course):
    findings = small_course.resolve("# A\n\n[a](nothing) and\n[b](nothing)\n")[1]
    assert [(each.code, each.span.line) for each in findings] == [("dead-link", 3), ("dead-link", 4)]


def test_a_dead_url_of_the_course_stays_a_url(small_course):
    address = "https://huggingface.co/learn/doors/chapter9/1"
    document, (finding,) = small_course.resolve(f"# A\n\n[a]({address})\n")
    assert finding.code == "dead-link"
    assert document.targets == {address: Target("outside", address)}


def test_an_anchor_of_the_page(small_course):
    document, findings = small_course.resolve(
        '# A\n\n## Doors\n\n<a id="deep"></a>\n\n[a](#doors) [b](#deep) [c](#Doors)\n'
    )
    assert document.targets["#doors"] == Target("here", fragment="doors")
    assert document.targets["#Doors"] == Target("here", fragment="doors")
    assert [each.message for each in findings] == ["this page has no heading `#Doors`"]
