"""`course quiz statistics`: what a class did, from the server's database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.failures import WrongUse
from site_builder.cli.quiz_command import _database, _needs_extra

if TYPE_CHECKING:
    from site_builder.model.quiz import Bank
    from site_builder.quiz.figures.statistics_view import StatisticsView


@click.command(short_help="Tell what a class did on its quizzes.")
@_database
@click.option("--banks", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder of banks from `course quiz banks`, instead of those that the database has.")  # fmt: skip
@click.option("--quiz", "wanted", metavar="QUIZ", help="One quiz only, such as chapter1/quiz.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True,
              help="A short table, all figures of questions for a spreadsheet, or all figures.")  # fmt: skip
def statistics(*, database: str, banks: Path | None, wanted: str | None, form: str) -> None:
    """Tell how learners did on each question on their first attempt, and where one language does much worse.

    The database is only read, also while a server uses it. What is written contains the keys.
    """
    _needs_extra()
    from site_builder.quiz.figures.safe_cells import csv_lines  # noqa: PLC0415 - `course --help` needs none of it
    from site_builder.quiz.figures.statistics_view import item_rows  # noqa: PLC0415

    views = _views(database, banks, wanted)
    if form == "json":
        click.echo(json.dumps([view.model_dump(mode="json") for view in views], ensure_ascii=False, indent=1))
    elif form == "csv":
        for view in views:
            click.echo(csv_lines(item_rows(view)), nl=False)
    else:
        click.echo("\n\n".join("\n".join(_lines(view)) for view in views))


def _views(database: str, banks: Path | None, wanted: str | None) -> list[StatisticsView]:
    from site_builder.quiz.figures.statistics_view import statistics_view  # noqa: PLC0415 - see above
    from site_builder.quiz.storing.store import StoreFault  # noqa: PLC0415
    from site_builder.quiz.storing.stored_work import stored_work  # noqa: PLC0415

    try:
        work = stored_work(database, _read(banks) if banks else None)
    except StoreFault as error:
        raise WrongUse(str(error)) from error
    found = [each for each in work if wanted in (None, each.held.bank.quiz)]
    if not found:
        what = f"`{wanted}`" if wanted else "anything"
        raise WrongUse(f"nobody has submitted {what} yet", "name another database or another quiz")
    now = datetime.now(UTC)
    return [statistics_view(each.held, each.tries, now) for each in found]


def _read(folder: Path) -> tuple[Bank, ...]:
    from site_builder.quiz.bank_files import BankFault  # noqa: PLC0415 - see above
    from site_builder.quiz.serving.held_banks import read_banks  # noqa: PLC0415

    try:
        return read_banks(folder)
    except BankFault as error:
        raise WrongUse(str(error), "make the banks again: `course quiz banks`") from error


def _lines(view: StatisticsView) -> list[str]:
    group = view.statistics.group
    head = (
        f"{view.quiz}: {group.learners} learners, {group.submissions} submissions, {_percent(group.best.passed)} passed, "
        f"mean of first attempts {_percent(group.first.mean)}, {group.late} late"
    )
    lines = [head, f"  {'':>6} {'mean':>5} {'discr':>6} {'unansw':>6} {'tries':>5}  question"]
    for number, (item, question) in enumerate(zip(view.statistics.items, view.questions, strict=True), 1):
        found = item.measures
        words = question.words.get(view.original)
        prompt = " ".join((words.prompt if words else item.id).split())
        lines.append(
            f"  {number:>6} {_percent(found.facility):>5} {_number(found.discrimination, 2):>6} "
            f"{_percent(found.unanswered):>6} {_number(found.tries, 1):>5}  {prompt[:70]}"
        )
        lines += [
            f"  {'':>6} {_percent(each.measures.facility):>5} in `{each.language}`, {_percent(each.gap.elsewhere)} elsewhere: "
            + (
                "most likely a fault of the translation"
                if each.gap.flag == "translation"
                else "behind on the rest too"
            )
            for each in item.languages
            if each.gap and each.gap.flag
        ]
    return lines


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
