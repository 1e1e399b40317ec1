"""`mkdocs.yml` to settings: the `course` plugin block, and the site's name and address where it has none."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.discover.outline_file import compose, pairs, scalar, span_of
from site_builder.discover.setting_values import LISTS, fault
from site_builder.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.source import Source, Span

FILES = ("mkdocs.yml", "mkdocs.yaml")
STANDS_FOR = {
    "title": "site_name",
    "address": "site_url",
    "repository": "repo_url",
    "description": "site_description",
}
"""What MkDocs' own settings say, where the plugin's say nothing."""


@dataclass(frozen=True)
class Given:
    """Settings and the places of those that `mkdocs.yml` gives; `named` are those that anyone gave."""

    settings: Settings
    places: Mapping[str, Span] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def read_settings(source: Source | None, overrides: Mapping[str, object] | None = None) -> Given:
    """Read the settings of a course.

    Args:
        source: The `mkdocs.yml`; `None` where there is none. Tags that only MkDocs knows are no fault.
        overrides: Settings by name that win, from a command line or a plugin; `None` and empty ones count as not given.

    Raises:
        ValueError: An override's name or value is not a setting's.
    """
    found: list[Finding] = []
    written: dict[str, str | tuple[str, ...]] = {}
    places: dict[str, Span] = {}
    if source is not None:
        _from_file(source, written, places, found)
    for name, value in (overrides or {}).items():
        if value is not None and value not in ((), [], ""):
            written[name] = _override(name, value)
            places.pop(name, None)
    return Given(Settings(**written), places, frozenset(written), tuple(found))  # type: ignore[arg-type]


def _override(name: str, value: object) -> str | tuple[str, ...]:
    if name not in Settings.names():
        raise ValueError(f"there is no setting `{name}`")
    if name in LISTS:
        kept: str | tuple[str, ...] = (value,) if isinstance(value, str) else tuple(map(str, value))  # type: ignore[call-overload]
    else:
        kept = str(value)
    message, advice = fault(name, kept)
    if message:
        raise ValueError(f"{message}; {advice}")
    return kept


def _from_file(
    source: Source, written: dict[str, str | tuple[str, ...]], places: dict[str, Span], found: list[Finding]
) -> None:
    top, faults = compose(source)
    found += [
        Finding("bad-setting", at, f"the file cannot be read here: {why}", "correct the line")
        for at, why in faults
    ]
    if not isinstance(top, yaml.MappingNode):
        return
    whole = {key: (span, value) for key, span, value in pairs(source, top)}
    for name, key in STANDS_FOR.items():
        value = _environment(whole[key][1]) if key in whole else None
        if value and not fault(name, value)[0]:
            written[name], places[name] = value, span_of(source, whole[key][1])
    block = _block(source, whole["plugins"][1]) if "plugins" in whole else None
    if isinstance(block, yaml.MappingNode):
        for key, span, node in pairs(source, block):
            _setting(source, key, span, node, written, places, found)
    elif block is not None and scalar(block) is not None:
        message = "the settings of `course` are no mapping"
        found.append(
            Finding("bad-setting", span_of(source, block), message, "write each on a line, as `name: value`")
        )


def _block(source: Source, plugins: yaml.Node) -> yaml.Node | None:
    """Give the value of the plugin `course`, which stands in a list or in a mapping."""
    listed = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for each in listed:
        if isinstance(each, yaml.MappingNode):
            for key, _, value in pairs(source, each):
                if key == "course":
                    return value
    return None


def _setting(
    source: Source,
    key: str,
    span: Span,
    node: yaml.Node,
    written: dict[str, str | tuple[str, ...]],
    places: dict[str, Span],
    found: list[Finding],
) -> None:
    if key not in Settings.names():
        advice = did_you_mean(key, Settings.names()) or "`course settings` lists the settings"
        found.append(Finding("bad-setting", span, f"there is no setting `{key}`", advice))
        return
    if scalar(node) is None and isinstance(node, yaml.ScalarNode):
        return  # nothing is written behind the name
    place = span_of(source, node)
    value = _list(node) if key in LISTS else _environment(node)
    if value is None:
        wanted, example = (
            ("a list of texts", f"write `{key}: [a, b]`")
            if key in LISTS
            else ("a text", "write it on one line")
        )
        found.append(Finding("bad-setting", place, f"`{key}` is not {wanted}", example))
        return
    if key in LISTS and isinstance(node, yaml.ScalarNode):
        found.append(
            Finding("bad-setting", place, f"`{key}` is not a list", f"write `{key}: [{scalar(node)}]`")
        )
    message, advice = fault(key, value)
    if not message and (key, value) == (
        "sandbox",
        "off",
    ):  # else a stranger's course would run with a user's rights
        message, advice = "`sandbox` is `off` in a file", "write `course run --sandbox off` when you run it"
    if message:
        found.append(Finding("bad-setting", place, message, advice))
    else:
        written[key], places[key] = value, place


def _list(node: yaml.Node) -> tuple[str, ...] | None:
    if isinstance(node, yaml.ScalarNode):
        return (scalar(node) or "",)
    if not isinstance(node, yaml.SequenceNode):
        return None
    texts = [scalar(each) for each in node.value]
    return None if None in texts else tuple(text for text in texts if text)


def _environment(node: yaml.Node) -> str | None:
    """Give a text; `!ENV NAME` and `!ENV [NAME, default]` are read as MkDocs reads them."""
    if node.tag != "!ENV":
        return scalar(node)
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(node.value), "")
    if not isinstance(node, yaml.SequenceNode):
        return None
    names = [scalar(each) or "" for each in node.value]
    return next((os.environ[name] for name in names[:-1] if name in os.environ), names[-1] if names else "")
