"""Nothing that is made of a graded quiz tells what is right: canaries in a key are found nowhere."""

from __future__ import annotations

import pytest

from site_builder.pipeline import build
from site_builder.quiz.bank_files import bank_text
from site_builder.quiz_banks import banks

SETTINGS = "site_name: S\nplugins:\n  - course:\n      quiz_server: https://quiz.example.org\n      graded: {graded}\n"
OUTLINE = "- title: One\n  sections:\n  - local: quiz\n    title: Quiz\n    quiz: 1\n  - local: other\n    title: Other\n"


def canary(number):
    return f"canary{number:03}x"


def questions(language):
    parts = [f"# Quiz {language}\n"]
    for number in range(0, 96, 6):
        names = [canary(number + each) for each in range(6)]
        parts += [
            (
                f'### Set {number}\n\n<Question explain="{names[0]}">\n- [x] right {number}\n  {names[1]}\n- [ ] wrong {number}\n  {names[2]}\n'
                "</Question>\n"
            ),
            f'### Text {number}\n\n<Question accepted={{["{names[3]}"]}} />\n',
            (
                f'### Old {number}\n\n<Question choices={{[{{text: "a", explain: "{names[4]}", correct: true}}, '
                f'{{text: "b", explain: "{names[5]}"}}]}} />\n'
            ),
        ]
    parts += [
        f'### Order {n}\n\n<Question kind="order" explain="{canary(n)}">\n1. x\n2. y\n</Question>\n'
        for n in range(96, 100)
    ]
    parts.append("### Number\n\n<Question value={918273645} />\n\n```python\n1 + 1\n```\n")
    return "\n".join(parts)


SECRETS = [*map(canary, range(100)), "918273645"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    for language in ("en", "es"):
        home = tmp_path / "course/chapters" / language
        home.mkdir(parents=True)
        (home / "_toctree.yml").write_text(OUTLINE)
        (home / "quiz.mdx").write_text(questions(language))
        (home / "other.mdx").write_text("# Other\n")
    # A translator who drops the mark of the quiz must not open its key.
    (tmp_path / "course/chapters/es/_toctree.yml").write_text(OUTLINE.replace("    quiz: 1\n", ""))
    return tmp_path / "course"


def found(bodies):
    return {each for each in SECRETS for body in bodies if each in repr(body)}


@pytest.mark.parametrize("graded", ["[quiz]", "all"])
def test_a_graded_quiz_has_its_key_in_its_bank_alone(folder, graded):
    made = build(folder, jobs=1)
    assert found(made.bodies.values()) == set(SECRETS), "the control: a self-check has its key"
    assert banks(folder, graded=True) == {}
    (folder / "mkdocs.yml").write_text(SETTINGS.format(graded=graded))
    made = build(folder, jobs=1)
    assert found(made.bodies.values()) == set()
    assert [place for place, body in made.bodies.items() if body.graded] == [("en", "quiz"), ("es", "quiz")]
    body = made.bodies["en", "quiz"]
    assert (body.questions, len(body.notebooks)) == (53, 1)
    assert "data-key" not in body.html
    assert "course-answers" not in body.html
    assert "right 0" in body.notebooks[0][1], "the control: the notebook has the questions"
    (bank,) = banks(folder, graded=True).values()
    assert all(each in bank_text(bank) for each in SECRETS)
