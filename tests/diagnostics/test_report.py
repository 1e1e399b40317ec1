"""Reports: order, counts, exit codes."""

from __future__ import annotations

from site_builder.diagnostics.diagnostic import Finding
from site_builder.diagnostics.report import Report
from site_builder.model.source import Source, Span


def at(path: str, start: int, code: str = "dead-link", message: str = "x") -> Finding:
    return Finding(code, Span(Source(path, "text\n" * 9), start, start + 1), message)


def test_findings_are_in_the_order_of_a_reader_and_each_once() -> None:
    report = Report(
        (
            at("chapter10/1.mdx", 0),
            at("chapter9/1.mdx", 7),
            at("chapter9/1.mdx", 2),
            at("chapter9/1.mdx", 7),
            at("chapter9/1.mdx", 7, message="y"),
        )
    )
    assert [(each.span.source.path, each.span.start, each.message) for each in report] == [
        ("chapter9/1.mdx", 2, "x"), ("chapter9/1.mdx", 7, "x"), ("chapter9/1.mdx", 7, "y"), ("chapter10/1.mdx", 0, "x"),
    ]  # fmt: skip
    assert (len(report), report.files) == (4, 2)


def test_any_mixture_of_paths_can_be_sorted() -> None:
    paths = ["", "1", "a", "a1", "a1b", "a01", "1a", "a/1/b", "a/b", "²", "١"]
    assert len(Report(tuple(at(path, 0) for path in paths))) == len(paths)


def test_counts_and_exit_codes() -> None:
    error, warning, note = at("a", 0), at("a", 1, "dead-anchor"), at("a", 2, "missing-alt")
    assert Report((note, error, warning)).counts == {"error": 1, "warning": 1, "note": 1}
    assert [Report(each).exit_code() for each in ((), (note,), (warning,), (error,))] == [0, 0, 1, 1]
    assert [Report(each).exit_code(strict=True) for each in ((), (note,))] == [0, 1]


def test_parts_of_a_report() -> None:
    report = Report((at("a", 0), at("b", 1, "dead-anchor")))
    assert [each.code for each in report.of("warning")] == ["dead-anchor"]
    assert len(report.only(lambda each: each.span.source.path == "a")) == 1
    assert len(report.joined([at("c", 0)])) == 3
