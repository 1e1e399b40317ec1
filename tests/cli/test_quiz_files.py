from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner

from site_builder.cli.main import course
from site_builder.quiz.bank_files import bank_of

PAGE = """# Sound

### How many?

<Question name="rate">
- [x] 44100
  Yes.
- [ ] 5
  No.
</Question>

### From five on

<Question low={5} />
"""
SETTINGS = """
site_name: Sound
plugins:
  - course:
      quiz_server: https://quiz.example.org
      graded: [chapter1/quiz]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    home = tmp_path / "course"
    for language, title in (("en", "Sound"), ("fr", "Son")):
        chapter = home / "chapters" / language / "chapter1"
        chapter.mkdir(parents=True)
        chapter.with_name("_toctree.yml").write_text(
            "- title: One\n  sections:\n  - local: chapter1/quiz\n    title: Quiz\n    quiz: 1\n"
        )
        (chapter / "quiz.mdx").write_text(PAGE.replace("# Sound", f"# {title}"))
    return home


def run(*arguments):
    return CliRunner().invoke(course, ["quiz", *map(str, arguments)], prog_name="course")


def test_banks_are_those_of_graded_quizzes(folder, tmp_path):
    out = tmp_path / "banks"
    refused = run("banks", folder, "-o", out)
    assert (refused.exit_code, "--all" in refused.output) == (2, True)
    assert run("banks", folder, "-o", out, "--all").exit_code == 0
    assert bank_of((out / "chapter1/quiz.json").read_text()).titles == {"en": "Sound", "fr": "Son"}
    (folder / "mkdocs.yml").write_text(SETTINGS)
    told = run("banks", folder, "-o", tmp_path / "graded")
    assert (told.exit_code, told.output) == (0, f"1 bank in {tmp_path / 'graded'}\n")


def test_a_file_of_answers_is_a_test(folder, tmp_path):
    file = tmp_path / "answers.json"
    content = {
        "quiz": "chapter1/quiz",
        "answers": {"rate": "44100", "2": 5},
        "expect": {"score": 1, "passed": True},
    }
    file.write_text(json.dumps(content))
    told = run("check", file, folder)
    assert (told.exit_code, told.output.splitlines()[-1]) == (0, "chapter1/quiz: 1, passed")
    content["answers"]["rate"] = "5"
    file.write_text(json.dumps(content))
    told = run("check", file, folder)
    assert told.exit_code == 1
    assert "differs: the score is 0.5, expected 1" in told.output
    content["quiz"] = "chapter9"
    file.write_text(json.dumps(content))
    assert run("check", file, folder).exit_code == 2
    file.write_text("{")
    assert run("check", file, folder).exit_code == 2


def test_quizzes_go_to_other_systems_in_each_language(folder, tmp_path):
    told = run("export", folder, "--format", "qti", "-o", tmp_path / "qti")
    assert (told.exit_code, told.output) == (0, f"2 files in {tmp_path / 'qti'}\n")
    with zipfile.ZipFile(tmp_path / "qti/fr/chapter1-quiz.zip") as package:
        assert len(package.namelist()) == 3
    told = run("export", folder, "--format", "moodle", "-o", tmp_path / "moodle")
    assert told.exit_code == 0
    assert "left out: `chapter1/quiz#2`" in told.output
    assert (tmp_path / "moodle/en/chapter1-quiz.xml").read_text().startswith("<?xml")
