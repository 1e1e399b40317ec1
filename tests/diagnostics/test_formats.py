"""What other programs read: GitHub's annotations, JSON and SARIF."""

from __future__ import annotations

import json
import re

import pytest

from site_builder.diagnostics.codes import CODES
from site_builder.diagnostics.diagnostic import Finding
from site_builder.diagnostics.formats import FORMATS, as_github, as_json, as_sarif, as_text, explain, summary
from site_builder.diagnostics.report import Report
from site_builder.model.source import Source, Span

PAGE = Source("chapters/fr/a b,é.mdx", "# T\n\n<Tipp>\nx😀 [a](b)\n")
REPORT = Report((
    Finding("unknown-component", PAGE.whole.find("<Tipp>"), "no component is called `Tipp`", "did you mean `Tip`?"),
    Finding("dead-anchor", PAGE.whole.find("[a](b)"), "100% dead:\nline, two", notes=((PAGE.whole.find("# T"), "see here"),)),
    Finding("no-outline", Source("chapters/x/", "").whole, "`x` has no outline"),
    Finding("math", Span(PAGE, 5, 15), "on two lines"),
))  # fmt: skip


def test_text_ends_with_the_sum() -> None:
    assert as_text(REPORT).endswith("\n\n1 error, 2 warnings, 1 note in 2 files")
    assert summary(Report(())) == "no findings"
    assert summary(Report(REPORT.of("error"))) == "1 error in 1 file"


def test_github_annotations_name_file_line_and_column() -> None:
    lines = as_github(REPORT, prefix="docs/").splitlines()
    assert lines == [
        "::error file=docs/chapters/fr/a b%2Cé.mdx,line=3,endLine=3,col=1,endColumn=7,title=unknown-component::no component is called `Tipp`; did you mean `Tip`?",
        "::warning file=docs/chapters/fr/a b%2Cé.mdx,line=3,endLine=4,title=math::on two lines",
        "::warning file=docs/chapters/fr/a b%2Cé.mdx,line=4,endLine=4,col=4,endColumn=10,title=dead-anchor::100%25 dead:%0Aline, two",
        "::notice file=docs/chapters/x/,title=no-outline::`x` has no outline",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [("x\n::error::y", "x%0A::error::y"), ("x\r::a::b", "x%0D::a::b"), ("%0A::error::y", "%250A::error::y")],
)
def test_a_course_cannot_give_github_commands(text: str, written: str) -> None:
    source = Source(f"{text}.mdx", "x")
    (line,) = as_github(Report((Finding("dead-link", source.whole, text),))).split("\n")
    assert "\r" not in line
    assert line.endswith(f",title=dead-link::{written}")
    assert line.startswith(f"::error file={written.replace(':', '%3A')}.mdx,line=1")


def test_json_gives_places_from_one() -> None:
    read = json.loads(as_json(REPORT))
    assert read["counts"] == {"error": 1, "warning": 2, "note": 1}
    by_code = {each["code"]: each for each in read["findings"]}
    assert by_code["unknown-component"] == {
        "code": "unknown-component", "severity": "error", "message": "no component is called `Tipp`", "help": "did you mean `Tip`?",
        "path": "chapters/fr/a b,é.mdx", "line": 3, "column": 1, "end_line": 3, "end_column": 7, "notes": [],
    }  # fmt: skip
    assert by_code["no-outline"]["line"] is None
    assert by_code["dead-anchor"]["notes"] == [
        {
            "message": "see here",
            "path": "chapters/fr/a b,é.mdx",
            "line": 1,
            "column": 1,
            "end_line": 1,
            "end_column": 4,
        }
    ]


def test_sarif_has_what_its_schema_demands() -> None:
    log = json.loads(as_sarif(REPORT))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
    driver = run["tool"]["driver"]
    assert driver["name"] == "course"
    rules = driver["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
    assert len(run["results"]) == len(REPORT)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            check_location(location["physicalLocation"])


def check_location(physical: dict[str, dict[str, object]]) -> None:
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", str(physical["artifactLocation"]["uri"]))
    region = physical.get("region")
    if region is None:
        return
    numbers = [region[name] for name in ("startLine", "startColumn", "endLine", "endColumn")]
    assert all(isinstance(number, int) and number >= 1 for number in numbers)
    assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_report_is_well_formed(form: str) -> None:
    text = FORMATS[form](Report(()))
    if form in ("json", "sarif"):
        assert json.loads(text)
    assert "error" not in text.replace('"error": 0', "")


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_explained(code: str) -> None:
    first, empty, text = explain(code).split("\n", 2)
    assert first == f"{CODES[code].severity}[{code}]: {CODES[code].summary}"
    assert empty == ""
    assert text.endswith((".", "?", "`"))


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        explain("nothing")
