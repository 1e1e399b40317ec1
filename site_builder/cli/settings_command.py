"""`course settings`: the settings and what they mean, for people and for the README."""

from __future__ import annotations

import textwrap
from dataclasses import fields

import click

from site_builder.cli.terminal import width
from site_builder.model.settings import Settings


@click.command(short_help="List the settings.")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True,
              help="How the settings are written.")  # fmt: skip
def settings(form: str) -> None:
    """List the settings of the plugin `course` in mkdocs.yml."""
    click.echo(as_markdown() if form == "markdown" else as_text(width()))


def as_markdown() -> str:
    """Give the settings as a Markdown table."""
    rows = [
        f"| `{name}` | {default} | {meaning.replace('|', chr(92) + '|')} |"
        for name, default, meaning in _rows()
    ]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def as_text(columns: int) -> str:
    """Give the settings as a list for a terminal."""
    indent = max(len(name) for name in Settings.names()) + 2
    parts = ["Settings stand in mkdocs.yml, in the block of the plugin `course`:\n"]
    for name, default, meaning in _rows():
        text = f"{meaning} [{default}]" if default else meaning
        parts.append(
            textwrap.fill(
                text,
                columns,
                initial_indent=name.ljust(indent),
                subsequent_indent=" " * indent,
                break_on_hyphens=False,
            )
        )
    return "\n".join(parts)


def _rows() -> list[tuple[str, str, str]]:
    return [(each.name, _default(each.default), each.metadata["help"]) for each in fields(Settings)]


def _default(default: object) -> str:
    if isinstance(default, tuple):
        return ", ".join(f"`{each}`" for each in default)
    return f"`{default}`" if default else ""
