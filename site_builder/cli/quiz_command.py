"""`course quiz`: the quiz server, and tokens of instructors."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from site_builder.cli.failures import WrongUse

if TYPE_CHECKING:
    from site_builder.model.quiz import Bank
    from site_builder.quiz.serving.server import App
    from site_builder.quiz.serving.tokens import Tokens

_INSTALL = "install what quizzes need: `pip install 'site-builder[quiz]'`"
_NEEDED = ("alembic", "fastapi", "itsdangerous", "sqlalchemy", "uvicorn")
_DAY = 24 * 60 * 60


@click.group(short_help="Grade quizzes on a server.")
def quiz() -> None:
    """Grade quizzes on a server, and what goes with it."""


_database = click.option(
    "--database", default="quiz.sqlite", show_default=True, metavar="URL",
    help="Where submissions are kept: a SQLite file, or `postgresql://…`, which several servers can share.",
)  # fmt: skip
_secret = click.option(
    "--secret", type=click.Path(dir_okay=False, path_type=Path),
    help="The file of the secret that signs tokens; it is made if it is missing. Default: beside the SQLite file. "
    "The environment's COURSE_QUIZ_SECRET comes first.",
)  # fmt: skip


@quiz.command(short_help="Take and grade submissions.")
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--banks", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder of banks from `course quiz banks`, instead of the course in DIR.")  # fmt: skip
@_database
@_secret
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8010, show_default=True,
              help="The port; 0 takes a free one.")  # fmt: skip
@click.option("--origin", "origins", multiple=True, metavar="ADDRESS",
              help="The site whose pages may ask, such as https://course.example.org. Can be given several times.")  # fmt: skip
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS",
              help="A proxy in front, whose word on learners' addresses is believed. Can be given several times.")  # fmt: skip
@click.option("--address-rate", type=click.FloatRange(min=0), default=100.0, show_default=True,
              help="Requests a second that one address may make, which may be a whole school's; 0 for any number.")  # fmt: skip
@click.option("--learner-rate", type=click.FloatRange(min=0), default=5.0, show_default=True,
              help="Requests a second that one learner may make; 0 for any number.")  # fmt: skip
def serve(*, folder: Path | None, banks: Path | None, host: str, port: int, **given: Any) -> None:  # noqa: ANN401 - further options
    """Take submissions of the course in DIR, keep them and grade them."""
    _needs_extra()
    from site_builder.quiz.serving.log_lines import log_to_stderr  # noqa: PLC0415 - `course --help` needs no server
    from site_builder.quiz.serving.server import run  # noqa: PLC0415
    from site_builder.quiz.serving.server_options import Options  # noqa: PLC0415

    held = _banks(folder, banks)
    options = Options(
        tuple(_origin(each) for each in given["origins"]),
        address_rate=given["address_rate"],
        learner_rate=given["learner_rate"],
    )
    app = _app(held, given["database"], given["secret"], options)
    log_to_stderr()
    number = "1 quiz" if len(held) == 1 else f"{len(held)} quizzes"
    run(
        app,
        host,
        port,
        lambda address: click.echo(f"ready: {address} ({number})"),
        ",".join(given["proxies"]),
    )


@quiz.command(short_help="Make an instructor's token.")
@_database
@_secret
@click.option(
    "--name",
    default="instructor",
    show_default=True,
    help="Who it is for: it stands beside their corrections.",
)
@click.option(
    "--days", type=click.IntRange(1, 3650), default=180, show_default=True, help="How long it holds."
)
def token(*, database: str, secret: Path | None, name: str, days: int) -> None:
    """Make a token with which an instructor sees all results. Give it to nobody else."""
    _needs_extra()
    from site_builder.quiz.serving.tokens import Instructor  # noqa: PLC0415 - see above

    if not name.isprintable():
        raise WrongUse("the name has signs that cannot be shown", "give a name such as `Ada`")
    until = int(time.time()) + days * _DAY
    click.echo(_tokens(database, secret).instructor_token(Instructor(name, until)))


def _banks(folder: Path | None, banks: Path | None) -> tuple[Bank, ...]:
    from site_builder.quiz.bank_files import BankFault  # noqa: PLC0415 - see above
    from site_builder.quiz.serving.held_banks import read_banks  # noqa: PLC0415

    if banks is None:
        from site_builder.cli.quiz_files_command import found_banks  # noqa: PLC0415 - see above

        return tuple(found_banks(folder or Path(), {}, every=False).values())
    try:
        found = read_banks(banks)
    except BankFault as error:
        raise WrongUse(str(error), "make the banks again: `course quiz banks`") from error
    if not found:
        raise WrongUse(f"`{banks}` has no banks", "make them with `course quiz banks -o FOLDER`")
    return found


def _app(banks: tuple[Bank, ...], database: str, secret: Path | None, options: Any) -> App:  # noqa: ANN401 - Options, which is loaded late
    from site_builder.quiz.serving.server import make_app  # noqa: PLC0415 - see above
    from site_builder.quiz.storing.sql_store import open_store  # noqa: PLC0415
    from site_builder.quiz.storing.store import StoreFault  # noqa: PLC0415

    tokens = _tokens(database, secret)
    try:
        return make_app(banks, open_store(database), tokens, options)
    except (StoreFault, ValueError) as error:
        raise WrongUse(str(error)) from error


def _tokens(database: str, secret: Path | None) -> Tokens:
    from site_builder.quiz.serving.tokens import SecretFault, Tokens, secret_of  # noqa: PLC0415
    from site_builder.quiz.storing.database import url_of  # noqa: PLC0415 - see above
    from site_builder.quiz.storing.store import StoreRefused  # noqa: PLC0415

    try:
        url = url_of(database)
        beside = Path(f"{url.database}.secret") if url.get_backend_name() == "sqlite" else None
        return Tokens(secret_of(secret or beside))
    except (StoreRefused, SecretFault) as error:
        raise WrongUse(str(error)) from error


def _origin(text: str) -> str:
    """Give an origin as browsers send it."""
    parts = urlsplit(text)
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or more:
        raise WrongUse(f"`{text}` is no site's address", "write it as in https://course.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def missing_extra() -> str:
    """Give a package that a quiz server needs and that is not installed; empty where all are."""
    return next((name for name in _NEEDED if find_spec(name) is None), "")


def _needs_extra() -> None:
    if missing := missing_extra():
        raise WrongUse(f"`{missing}` is missing", _INSTALL)
