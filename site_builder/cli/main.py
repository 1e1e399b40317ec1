"""The command `course`: its commands, and how the program ends."""

from __future__ import annotations

import click

from site_builder import __version__
from site_builder.cli.build_command import build
from site_builder.cli.check_command import check
from site_builder.cli.failures import GuardedGroup
from site_builder.cli.notebooks_command import notebooks
from site_builder.cli.quiz_command import quiz
from site_builder.cli.quiz_files_command import banks, export
from site_builder.cli.quiz_files_command import check as check_answers
from site_builder.cli.quiz_statistics_command import statistics
from site_builder.cli.run_command import run
from site_builder.cli.serve_command import serve
from site_builder.cli.settings_command import settings

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

EPILOG = """DIR is the course folder, by default the current one. Exit codes: 0 clean, 1 findings, 2 wrong use, 3 a fault
of the program, 130 interrupted."""


@click.group(cls=GuardedGroup, context_settings=CONTEXT, epilog=EPILOG)
@click.version_option(__version__, prog_name="course", message="%(prog)s %(version)s")
def course() -> None:
    """Turn a folder of chapters into a multilingual course site."""


for command in (build, check, run, notebooks, quiz, serve, settings):
    course.add_command(command)
for command in (banks, check_answers, export, statistics):
    quiz.add_command(command)


def main() -> None:
    """Run the command that the user gave, and end the program with its exit code."""
    course(prog_name="course")


if __name__ == "__main__":
    main()
