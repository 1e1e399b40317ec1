"""The settings as options of the command line, made from their one declaration."""

from __future__ import annotations

from dataclasses import Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from site_builder.cli.failures import TRACEBACK, WrongUse
from site_builder.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Command = Callable[..., Any]


class SettingOption(click.Option):
    """An option that stands for a setting."""


class SettingsCommand(click.Command):
    """A command whose help lists the settings apart from its own options."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the two lists."""
        shown = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        for title, is_setting in (("Options", False), ("Settings (they win over mkdocs.yml)", True)):
            records = [
                each.get_help_record(ctx) for each in shown if isinstance(each, SettingOption) is is_setting
            ]
            with formatter.section(title):
                formatter.write_dl([record for record in records if record])


def course_command(command: Command, *, as_option: bool = False) -> Command:
    """Give a command its folder, as an argument or as the option `--course`, `--traceback` and the options of all settings."""
    for each in reversed(fields(Settings)):
        command = _option(each)(command)
    traceback = click.option(
        "--traceback", is_flag=True, is_eager=True, expose_value=False, callback=_keep_traceback,
        help="Show where the program failed, for a report.",
    )  # fmt: skip
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    if as_option:
        folder = click.option(
            "-C", "--course", "folder", metavar="DIR", default=".", type=kind, help="The course folder. Default: the current one.",
        )  # fmt: skip
    else:
        folder = click.argument("folder", metavar="[DIR]", default=".", type=kind)
    return folder(traceback(command))


def flag_of(name: str) -> str:
    """Give the option of a setting: `own_addresses` takes one at a time and is `--own-address`."""
    default = next(each.default for each in fields(Settings) if each.name == name)
    if isinstance(default, tuple):
        name = name.removesuffix("es") if name.endswith("sses") else name.removesuffix("s")
    return "--" + name.replace("_", "-")


def overrides_of(options: Mapping[str, Any]) -> dict[str, object]:
    """Give the settings among a command's options that were given.

    Raises:
        WrongUse: A value is not one that the setting can have.
    """
    from site_builder.discover.setting_values import fault  # noqa: PLC0415 - `course --help` needs none of it

    given = {name: options[name] for name in Settings.names() if options.get(name)}
    for name, value in given.items():
        message, advice = fault(name, value)
        if message:
            raise WrongUse(f"{flag_of(name)}: {message}", advice)
    return given


def _option(setting: Field[Any]) -> Callable[[Command], Command]:
    several = isinstance(setting.default, tuple)
    choices = setting.metadata.get("choices")
    return click.option(
        flag_of(setting.name),
        setting.name,
        cls=SettingOption,
        multiple=several,
        type=click.Choice(choices) if choices else str,
        metavar=None if choices else "TEXT",
        help=setting.metadata["help"] + (" Can be given several times." if several else ""),
    )


def _keep_traceback(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    ctx.meta[TRACEBACK] = value
