from __future__ import annotations

from site_builder.model.document import Callout, Demo, Element, Prose, Quiz, Switch, Video
from site_builder.model.tree import walk


def kinds(document, *wanted):
    return [type(each).__name__ for each in walk(document.blocks) if not wanted or isinstance(each, wanted)]


def test_components_inside_components_are_lowered(small_course):
    text = '# A\n\n<Tip>\n\n<hfoptions id="x">\n<hfoption id="a">\n\n<Youtube id="aBcDeFgHiJk" />\n\n</hfoption>\n</hfoptions>\n\n</Tip>\n'
    document, findings = small_course.resolve(text)
    assert kinds(document, Callout, Switch, Video, Element) == ["Callout", "Switch", "Video"]
    assert findings == ()


def test_components_in_list_items_are_lowered(small_course):
    text = '# A\n\n- one\n\n  <Youtube id="aBcDeFgHiJk" />\n\n- two\n\n  <FrameworkSwitchCourse {fw} />\n'
    document, findings = small_course.resolve(text)
    (prose,) = [each for each in document.blocks if isinstance(each, Prose)]
    video, nothing = prose.islands
    assert isinstance(video, Video)
    assert isinstance(nothing, Element)
    assert (nothing.children, findings) == ((), ())


def test_an_unknown_component_keeps_its_content(small_course):
    document, (finding,) = small_course.resolve('# A\n\n<Box>\n\n<Youtube id="aBcDeFgHiJk" />\n\n</Box>\n')
    assert kinds(document, Element, Video) == ["Element", "Video"]
    assert (finding.code, finding.span.text) == ("unknown-component", "<Box>")


def test_two_looks_of_a_frame_are_one_demo(small_course):
    light = '<iframe src="https://a-b.hf.space?__theme=light" class="block dark:hidden"></iframe>\n\n'
    dark = '<iframe src="https://a-b.hf.space?__theme=dark" class="hidden dark:block"></iframe>\n\n'
    document, findings = small_course.resolve("# A\n\n" + light + dark)
    (demo,) = [each for each in document.blocks if isinstance(each, Demo)]
    assert (demo.kind, demo.address, findings) == ("space", "https://a-b.hf.space", ())
    assert len(kinds(small_course.resolve("# A\n\n" + dark)[0], Demo)) == 1


def test_questions_are_numbered_and_have_prompts(small_course):
    question = (
        '<Question choices={[{text: "a", explain: "b", correct: true}, {text: "c", explain: "d"}]} />\n'
    )
    document, findings = small_course.resolve(
        f"# A\n\n## One\n\n{question}\n## Two[[x]]\n\nText.\n\n- in a list\n\n  {question}"
    )
    quizzes = [each.question for each in walk(document.blocks) if isinstance(each, Quiz)]
    assert [(each.id, each.prompt, each.prompt_anchor) for each in quizzes] == [
        ("chapter2/models#1", "One", "one"),
        ("chapter2/models#2", "Two", "x"),
    ]
    assert findings == ()
