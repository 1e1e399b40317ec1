"""`course quiz banks`, `check` and `export`: quizzes as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.failures import FINDINGS, WrongUse
from site_builder.cli.setting_options import SettingsCommand, course_command, overrides_of
from site_builder.cli.terminal import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.quiz import Bank, Result

_FOLDER = click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="FOLDER",
    help="Where the files go; what else is there stays.",
)  # fmt: skip
_ALL = click.option(
    "--all", "every", is_flag=True, help="Self-checks too, not only the quizzes that are graded."
)


@click.command(cls=SettingsCommand, short_help="Write the questions with their keys, for a server.")
@course_command
@_FOLDER
@_ALL
def banks(*, folder: Path, output: Path, every: bool, **options: Any) -> None:  # noqa: ANN401 - the settings
    """Write a bank for each graded quiz of the course in DIR: its questions, its key and its words in all languages.

    A server needs nothing else of a course. Keep them where learners cannot read them.
    """
    from site_builder.quiz.bank_files import bank_text  # noqa: PLC0415 - `--help` needs none of it

    found = found_banks(folder, overrides_of(options), every=every)
    for id_, bank in found.items():
        _write(output / f"{id_}.json", bank_text(bank).encode())
    click.echo(f"{plural(len(found), 'bank')} in {output}")


@click.command(cls=SettingsCommand, short_help="Grade a file of answers.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@course_command
@click.pass_context
def check(ctx: click.Context, /, *, file: Path, folder: Path, **options: Any) -> None:  # noqa: ANN401 - the settings
    """Grade the answers in FILE with the quizzes of the course in DIR; exit with 1 if they are not worth what FILE expects.

    FILE is YAML or JSON: `quiz: chapter1/quiz`, `answers:` by a question's number or name (choices as their texts or ids, the rest
    as it is), and perhaps `expect:` with `score`, `passed` and, by question, `items`. Or a list of such.
    """
    from site_builder.quiz.answer_files import AnswerFault, graded_answers, read_answers  # noqa: PLC0415 - see above

    differ = False
    try:
        parts = read_answers(file.read_text(encoding="utf-8", errors="replace"))
        known = found_banks(folder, overrides_of(options), every=True)
        for part in parts:
            result, differences = graded_answers(part, _bank(part.quiz, known))
            _tell(result, differences)
            differ = differ or bool(differences)
    except AnswerFault as error:
        raise WrongUse(f"{file}: {error}") from error
    ctx.exit(FINDINGS if differ else 0)


@click.command(cls=SettingsCommand, short_help="Write quizzes for other systems.")
@course_command
@click.option("--format", "form", type=click.Choice(["qti", "moodle"]), required=True,
              help="QTI 2.1 packages, or Moodle XML.")  # fmt: skip
@_FOLDER
def export(*, folder: Path, form: str, output: Path, **options: Any) -> None:  # noqa: ANN401 - the settings
    """Write each quiz of the course in DIR, with its key and in each of its languages, as LANGUAGE/QUIZ.zip or .xml."""
    from site_builder.quiz.exports.moodle import moodle_xml  # noqa: PLC0415 - see above
    from site_builder.quiz.exports.qti_package import qti_package  # noqa: PLC0415

    overrides = overrides_of(options)
    written = 0
    for id_, bank in found_banks(folder, overrides, every=True).items():
        for language in bank.titles:
            target = output / language / id_.replace("/", "-")
            address = _address(folder, overrides)
            if form == "qti":
                _write(target.with_name(f"{target.name}.zip"), qti_package(bank, language, address))
            else:
                text, left_out = moodle_xml(bank, language, address)
                _write(target.with_name(f"{target.name}.xml"), text.encode())
                for each in left_out if language == bank.original else ():
                    click.echo(
                        f"left out: `{each}`, a number without both limits, which Moodle does not have",
                        err=True,
                    )
            written += 1
    click.echo(f"{plural(written, 'file')} in {output}")


def found_banks(folder: Path, overrides: Mapping[str, object], *, every: bool) -> dict[str, Bank]:
    """Give the banks of a course, of its graded quizzes or of `every` one; there is one at least.

    Raises:
        WrongUse: There is none.
    """
    from site_builder import quiz_banks  # noqa: PLC0415 - see above

    found = quiz_banks.banks(folder, overrides, graded=not every)
    if not found and not every:
        raise WrongUse(
            f"no quiz of `{folder}` is graded",
            "name them with the settings `quiz_server` and `graded`, or take self-checks too with `course quiz banks --all`",
        )
    if not found:
        raise WrongUse(f"`{folder}` has no questions", "`<Question>` makes one; the manual tells how")
    return found


def _bank(quiz: str, known: Mapping[str, Bank]) -> Bank:
    if quiz not in known:
        raise WrongUse(
            f"the course has no quiz `{quiz[:60]}`", f"it has {', '.join(f'`{each}`' for each in known)}"
        )
    return known[quiz]


def _address(folder: Path, overrides: Mapping[str, object]) -> str:
    from site_builder.discover.stage import discover  # noqa: PLC0415 - see above

    return discover(folder, overrides)[0].settings.address


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _tell(result: Result, differences: tuple[str, ...]) -> None:
    for mark in result.marks:
        click.echo(f"{mark.item}: {mark.state}, {mark.score:.4g}")
    click.echo(f"{result.quiz}: {result.score:.4g}, {'passed' if result.passed else 'not passed'}")
    for each in differences:
        click.echo(f"differs: {each}")
