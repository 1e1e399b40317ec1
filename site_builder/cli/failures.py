"""Exceptions to exit codes and to words: 0 clean, 1 findings, 2 wrong use, 3 our bug, 130 interrupted."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import Any

import click

from site_builder.diagnostics.diagnostic import did_you_mean
from site_builder.diagnostics.frame import visible

FINDINGS, WRONG_USE, OUR_BUG, INTERRUPTED = 1, 2, 3, 130

ADVICE = {
    errno.EACCES: "check the permissions, or name another place",
    errno.EPERM: "check the permissions, or name another place",
    errno.EROFS: "the disk is read-only: name another place with `--output`",
    errno.ENOSPC: "the disk is full: make room",
    errno.EDQUOT: "your share of the disk is used up: make room",
    errno.EADDRINUSE: "another program answers there: name another port with `--port`, such as `--port 8001`",
    errno.EADDRNOTAVAIL: "name an address of this machine with `--host`, such as `--host 127.0.0.1`",
    errno.ENOTDIR: "name a folder",
    errno.EISDIR: "name a file",
    errno.EEXIST: "name another folder with `--output`, or empty it yourself",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "close other programs, or raise the limit of open files (`ulimit -n`)",
}
"""What to do about faults of the machine that we can do nothing about; others are our bugs."""

TRACEBACK = "site_builder.traceback"


class WrongUse(click.ClickException):
    """What the command was asked to do cannot be done: says what, and what to do instead."""

    exit_code = WRONG_USE

    def __init__(self, message: str, advice: str = "") -> None:
        """Take a lower-case phrase and an action."""
        super().__init__(message)
        self.advice = advice

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as click has it
        """Print it to the error stream."""
        _say(f"error: {self.message}", self.advice, file)


class GuardedGroup(click.Group):
    """A group of commands whose exceptions become exit codes."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            _say("\ninterrupted")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # the reader, such as `head`, has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(INTERRUPTED)
        except Exception as error:  # noqa: BLE001 - the one place that ends all others
            ctx.exit(_told(error, with_traceback=bool(ctx.meta.get(TRACEBACK))))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and suggest one where the name is misspelt."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and self.get_command(ctx, name) is None:
            near = did_you_mean(name, self.list_commands(ctx))
            raise WrongUse(f"there is no command `{name}`", near or "`course --help` lists the commands")
        return super().resolve_command(ctx, args)


def _told(error: Exception, *, with_traceback: bool) -> int:
    """Tell a person about an exception, and give the exit code."""
    if with_traceback:
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.errno in ADVICE:
        _say(f"error: {_place(error)}{(error.strerror or '').lower()}", ADVICE[error.errno])
        return WRONG_USE
    if (
        isinstance(error, FileExistsError | NotADirectoryError)
        or type(error).__module__ == "mkdocs.exceptions"
    ):
        _say(f"error: {error}")
        return WRONG_USE
    where = traceback.extract_tb(error.__traceback__)
    place = f" ({os.path.basename(where[-1].filename)}:{where[-1].lineno})" if where else ""  # noqa: PTH119 - a name only
    _say("error: this is a fault of `course` itself, not of your course")
    _say(f"  = cause: {type(error).__name__}: {error}{place}")
    if not with_traceback:
        _say("  = help: run it again with `--traceback`, and report what it prints in the project's issues")
    return OUR_BUG


def _place(error: OSError) -> str:
    return f"`{error.filename}`: " if error.filename else ""


def _say(text: str, advice: str = "", file: Any = None) -> None:  # noqa: ANN401 - as click has it
    for line in text.splitlines():
        click.echo(visible(line), file=file, err=file is None)
    if advice:
        click.echo(f"  = help: {visible(advice)}", file=file, err=file is None)
