from __future__ import annotations

import pytest

from site_builder.model.document import Heading
from site_builder.model.source import Source
from site_builder.model.tree import walk
from site_builder.parse.stage import parse
from site_builder.resolve.headings import anchors, ids

IDS = [
    ("What is a door?", "what-is-a-door"),
    ("  Doors  and   Gates ", "doors-and-gates"),
    ("🤗 Doors", "-doors"),
    ("The `open_door()` call, twice", "the-opendoor-call-twice"),
    ("See `a`b", "see-a-b"),
    ("A <i>wide</i> gate", "a-i-wide-i-gate"),
    ("VW (*Very Wide*)", "vw--very-wide-"),
    ("什么是门？", "什么是门"),
    ("দরজা কী", "দরজ-ক"),
    ("ÉTÉ à l'école – 2½", "été-à-lécole--2½"),
    ("Doors[[the-id]]", "the-id"),
    ("Doors [[with space 門]]", "with space 門"),
    ("?!", "section"),
]


@pytest.mark.parametrize(("title", "id_"), IDS)
def test_the_id_of_a_heading(title, id_):
    document, _ = parse(Source("a.mdx", f"## {title}\n"))
    assert [each.id for each in anchors(document, None)] == [id_]


def test_later_duplicates_are_numbered(small_course):
    text = "# Doors\n\n## Doors\n\n> ## Doors\n\n- ## Doors-1\n\n<Tip>\n\n### Gates[[doors]]\n\n</Tip>\n"
    document, findings = small_course.resolve(text)
    headings = [each.anchor for each in walk(document.blocks) if isinstance(each, Heading)]
    assert headings == ["doors", "doors-1", "doors-2", "doors-1-1", "doors-3"]
    assert findings == ()


def test_an_id_given_twice_is_found(small_course):
    findings = small_course.resolve("# A\n\n## B[[x]]\n\n## C[[x]]\n")[1]
    assert [(each.code, each.span.line, each.span.text) for each in findings] == [
        ("duplicate-anchor", 5, "x")
    ]


def test_variants_may_share_an_id(small_course):
    text = "# A\n\n{#if fw === 'pt'}\n\n## B[[x]]\n\n{:else}\n\n## C[[x]]\n\n{/if}\n"
    assert small_course.resolve(text)[1] == ()


ORIGINAL = "# Doors\n\n## Wide doors\n\n## Gates[[gates]]\n"


def test_a_translation_answers_to_the_originals_ids(french_course):
    document, findings = french_course.resolve(
        "# Portes\n\n## Portes larges\n\n## Portails[[gates]]\n\n[a](#wide-doors)\n", ORIGINAL
    )
    found = [(each.anchor, each.aliases) for each in document.blocks if isinstance(each, Heading)]
    assert found == [("portes", ("doors",)), ("portes-larges", ("wide-doors",)), ("gates", ())]
    assert findings == ()


def test_an_id_that_is_taken_is_no_alias(french_course):
    document, _ = french_course.resolve("# Wide doors\n\n## Portes larges\n\n## C\n", ORIGINAL)
    assert [each.aliases for each in document.blocks] == [("doors",), (), ("gates",)]


def test_other_levels_give_no_aliases(french_course):
    document, _ = french_course.resolve("# Portes\n\n### Portes larges\n\n## Portails\n", ORIGINAL)
    assert [each.aliases for each in document.blocks] == [(), (), ()]


def test_ids_in_html_count():
    document, _ = parse(
        Source("a.mdx", '# A\n\n<a id="deep"></a>\n\nText <span class="b" id=\'far\'>c</span>.\n')
    )
    assert ids(document, None) == ("a", "deep", "far")
