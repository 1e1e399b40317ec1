"""Editions completed from the original."""

from __future__ import annotations

from course_folder import outline

EN = """
- title: One
  sections:
  - {local: a/1, title: First}
  - {local: a/2, title: Second}
  - {local: a/quiz, title: Quiz, quiz: 1}
- title: Two
  sections:
  - {local: b/1, title: Third, newlocal: two/third}
  - title: Group
    sections:
    - {local: b/2, title: Fourth}
    - {local: b/3, title: Fifth}
- title: Three
  sections:
  - {local: c/hands_on, title: Practice}
"""
ENGLISH = {"chapters/en/_toctree.yml": EN} | {
    f"chapters/en/{page}.mdx": "# E\n" for page in ("a/1", "a/2", "a/quiz", "b/1", "b/2", "b/3", "c/hands_on")
}


def french(toctree: str, *pages: str) -> dict[str, str]:
    return {**ENGLISH, "chapters/fr/_toctree.yml": toctree} | {
        f"chapters/fr/{page}.mdx": "# F\n" for page in pages
    }


def shape(entries) -> list[object]:
    return [(each.title, shape(each.entries)) if each.entries else each.local for each in entries]


ALL = [
    ("One", ["a/1", "a/2", "a/quiz"]),
    ("Two", ["b/1", ("Group", ["b/2", "b/3"])]),
    ("Three", ["c/hands_on"]),
]


def test_what_is_not_translated_comes_from_the_original_at_its_place(make) -> None:
    course, findings = make(french(outline("a/2", title="Un"), "a/2"))
    assert findings == ()
    edition = course.edition("fr")
    assert shape(edition.chapters) == [("Un", ["a/1", "a/2", "a/quiz"]), *ALL[1:]]
    pages = {page.id: page for page in edition.pages}
    assert list(pages) == [page.id for page in course.original.pages]
    assert edition.translated == 1
    own, other = pages["a/2"], pages["a/1"]
    assert (own.title, own.is_fallback, own.source.text) == ("a/2", False, "# F\n")
    assert own.made_from is course.original.pages[1].source
    assert (other.title, other.language, other.source_language, other.made_from) == (
        "First",
        "fr",
        "en",
        None,
    )
    assert other.source is course.original.pages[0].source
    assert (pages["a/quiz"].quiz, pages["b/1"].address) == (1, "two/third")


def test_the_original_is_made_from_nothing(make) -> None:
    course, _ = make(ENGLISH)
    assert shape(course.original.chapters) == ALL
    assert {(page.made_from, page.source_language) for page in course.original.pages} == {(None, "en")}


def test_a_translation_keeps_its_order_its_titles_and_its_own_pages(make) -> None:
    toctree = (
        "- title: Deux\n  sections:\n  - {local: b/3, title: Cinq}\n  - {local: b/glossary, title: Mots}\n  - {local: b/1, title: Trois}\n"
        + outline("a/2", "a/1", title="Un")
    )
    course, _ = make(french(toctree, "b/3", "b/glossary", "b/1", "a/2", "a/1"))
    edition = course.edition("fr")
    assert shape(edition.chapters) == [
        ("Deux", ["b/3", "b/glossary", "b/1", "b/2"]),
        ("Three", ["c/hands_on"]),  # behind the chapter that precedes it in the original
        ("Un", ["a/2", "a/quiz", "a/1"]),
    ]
    assert {page.id for page in edition.pages} >= {page.id for page in course.original.pages}
    glossary = next(page for page in edition.pages if page.id == "b/glossary")
    assert (glossary.made_from, glossary.address, glossary.is_fallback) == (None, "b/glossary", False)


def test_a_page_listed_but_missing_shows_the_original_under_its_translated_title(make) -> None:
    course, findings = make(french("- title: Un\n  sections:\n  - {local: a/1, title: Premier}\n"))
    assert [each.code for each in findings] == ["missing-page"]
    first = course.edition("fr").pages[0]
    assert (first.id, first.title, first.is_fallback) == ("a/1", "Premier", True)


def test_a_name_with_a_dash_goes_with_the_originals(make) -> None:
    course, _ = make(french(outline("c/hands-on", title="Trois"), "c/hands-on"))
    edition = course.edition("fr")
    assert shape(edition.chapters) == [*ALL[:2], ("Trois", ["c/hands_on"])]
    page = edition.pages[-1]
    assert (page.id, page.address, page.is_fallback) == ("c/hands_on", "c/hands_on", False)
    assert page.source.path == "chapters/fr/c/hands-on.mdx"
    assert page.made_from is course.original.pages[-1].source


def test_a_chapter_whose_files_all_have_other_names_is_still_that_chapter(make) -> None:
    course, _ = make(french(outline("a/intro", title="Un"), "a/intro"))
    assert shape(course.edition("fr").chapters)[0] == ("Un", ["a/1", "a/2", "a/quiz", "a/intro"])
    assert len(course.edition("fr").chapters) == 3


def test_an_empty_translation_is_the_original(make) -> None:
    course, findings = make(french("# nothing yet\n"))
    assert shape(course.edition("fr").chapters) == ALL
    assert course.edition("fr").translated == 0
    assert [each.code for each in findings] == ["bad-outline"]


def test_pages_for_two_frameworks_are_twins(make) -> None:
    course, _ = make({
        "chapters/en/_toctree.yml": "- title: One\n  sections:\n  - {local: a, title: A, local_fw: {pt: a, tf: a_tf}}\n  - {local: b, title: B}\n",
        "chapters/en/a.mdx": "", "chapters/en/a_tf.mdx": "", "chapters/en/b.mdx": "",
        "chapters/fr/_toctree.yml": outline("a"), "chapters/fr/a.mdx": "",
    })  # fmt: skip
    for edition in course.editions:
        torch, tensorflow, plain = edition.pages
        assert (torch.id, torch.framework, torch.twins) == ("a", "pt", (("tf", "a_tf"),))
        assert (tensorflow.id, tensorflow.framework, tensorflow.twins) == ("a_tf", "tf", (("pt", "a"),))
        assert (plain.framework, plain.twins) == (None, ())
        assert edition.chapters[0].entries[0].frameworks == (("pt", "a"), ("tf", "a_tf"))
    assert [page.is_fallback for page in course.edition("fr").pages] == [False, True, True]
