from __future__ import annotations

import pytest

from site_builder.components.table import COMPONENTS, lower
from site_builder.model.document import Callout, Demo, Element, NotebookLinks, Switch, Video
from site_builder.model.source import Source
from site_builder.parse.stage import parse


def lowered(text):
    """Lower the first element of a text; give its blocks and the codes of its findings."""
    document, _ = parse(Source("a.mdx", text))
    element = next(each for each in document.blocks if isinstance(each, Element))
    blocks, findings = lower(element)
    return blocks, [finding.code for finding in findings]


def one(text):
    (block,), codes = lowered(text)
    assert codes == []
    return block


TIPS = [
    ("<Tip>", "tip", ""),
    ("<Tip warning={true}>", "warning", ""),
    ('<Tip warning="true">', "warning", ""),
    ("<Tip warning>", "warning", ""),
    ("<Tip warning={false}>", "tip", ""),
    ('<Tip title="Wide *doors*">', "tip", "Wide *doors*"),
]


@pytest.mark.parametrize(("tag", "kind", "title"), TIPS)
def test_a_tip_is_a_callout(tag, kind, title):
    block = one(f"{tag}\n\nDoors.\n\n</Tip>\n")
    assert isinstance(block, Callout)
    assert (block.kind, block.title, len(block.children)) == (kind, title, 1)


@pytest.mark.parametrize(
    "address", ["https://youtu.be/aBcDeFgHiJk", "https://www.youtube.com/watch?x=1&v=aBcDeFgHiJk&t=3"]
)
def test_the_address_of_a_video_stands_for_its_id(address):
    (video,), codes = lowered(f'<Youtube id="{address}" />\n')
    assert isinstance(video, Video)
    assert (video.id, codes) == ("aBcDeFgHiJk", ["bad-prop"])


def test_no_video_has_this_id():
    assert lowered('<Youtube id="a&quot;b" />\n') == ((), ["bad-prop"])
    assert lowered("<Youtube />\n") == ((), ["missing-prop"])


def test_a_frame_of_youtube_is_a_video():
    block = one('<iframe src="https://www.youtube.com/embed/aBcDeFgHiJk?rel=0" title="Doors"></iframe>\n')
    assert isinstance(block, Video)
    assert (block.id, block.title) == ("aBcDeFgHiJk", "Doors")


FRAMES = [
    (
        'src="https://some-doors.hf.space" height="450"',
        "space",
        "https://some-doors.hf.space",
        "some doors",
        450,
    ),
    (
        'src="https://a.static.hf.space/x?y=1&__theme=light"',
        "space",
        "https://a.static.hf.space/x?y=1",
        "a",
        None,
    ),
    ('src="//example.org/a" height="90%" title="Doors"', "embed", "https://example.org/a", "Doors", None),
    (
        'src="https://example.org" title="Gradio app" height="300px"',
        "embed",
        "https://example.org",
        "example.org",
        300,
    ),
]


@pytest.mark.parametrize(("attributes", "kind", "address", "title", "height"), FRAMES)
def test_a_frame_is_a_demo(attributes, kind, address, title, height):
    block = one(f"<iframe {attributes}></iframe>\n")
    assert isinstance(block, Demo)
    assert (block.kind, block.address, block.title, block.height) == (kind, address, title, height)


@pytest.mark.parametrize(
    "source",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "java\nscript:x",
        "/etc/passwd",
        "file:///a",
        "https://[x",
        "https://",
    ],
)
def test_a_frame_shows_web_pages_alone(source):
    assert lowered(f'<iframe src="{source}"></iframe>\n')[0] == ()


def test_notebook_links():
    block = one(
        '<CourseFloatingBanner chapter={1} classNames="a" notebooks={[{label: "Colab", value: "https://example.org/a"}]} />\n'
    )
    assert isinstance(block, NotebookLinks)
    assert block.links == (("Colab", "https://example.org/a"),)
    assert isinstance(
        one('<DocNotebookDropdown options={[{label: "a", value: "https://example.org"}]} />\n'), NotebookLinks
    )


def test_a_banner_without_notebooks_is_nothing():
    assert lowered("<CourseFloatingBanner chapter={1} />\n") == ((), [])


def test_a_slip_in_a_property_is_healed():
    (block,), codes = lowered(
        '<CourseFloatingBanner notebook={[{label: "a", value: "https://example.org"}]} />\n'
    )
    assert isinstance(block, NotebookLinks)
    assert codes == ["unknown-prop"]


@pytest.mark.parametrize("value", ["javascript:alert(1)", "a.ipynb:x", "notebook"])
def test_a_notebook_lies_on_the_web(value):
    assert lowered(f'<CourseFloatingBanner notebooks={{[{{label: "a", value: "{value}"}}]}} />\n') == (
        (),
        ["unsafe-link"],
    )


def test_options_become_a_switch():
    text = '<hfoptions id="doors">\n<hfoption id="oak">\n\nA\n\n</hfoption>\n<hfoption value="pine" label="Pine wood">\n\nB\n\n</hfoption>\n</hfoptions>\n'
    block = one(text)
    assert isinstance(block, Switch)
    assert (block.group, [(arm.key, arm.label, len(arm.children)) for arm in block.arms]) == (
        "doors",
        [("oak", "oak", 1), ("pine", "Pine wood", 1)],
    )


def test_every_component_says_what_it_is():
    for name, component in COMPONENTS.items():
        assert component.name == name
        assert component.help.endswith(".")
        assert all(prop.help for prop in component.props)
