"""What an edition takes from the author's `mkdocs.yml`: data alone, for a build runs no code of a course."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import yaml

from site_builder.discover.folder_tree import refusal

if TYPE_CHECKING:
    from pathlib import Path

_LOOK = ("features", "palette", "favicon", "logo", "icon", "custom_dir")


class _DataLoader(yaml.SafeLoader):
    """Reads `mkdocs.yml` whatever tags it has; those that would load Python code give nothing."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """Give the first of the environment's variables that is set, or the default behind them, as MkDocs does."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else []
    return next((os.environ[name] for name in names if str(name) in os.environ), names[-1] if names else None)


_DataLoader.add_constructor("!ENV", _environment)
_DataLoader.add_multi_constructor("", lambda loader, tag, node: None)  # noqa: ARG005 - the library's signature


def author_look(folder: Path) -> dict[str, Any]:
    """Give `copyright` and the look (`theme`) of the `mkdocs.yml` in `folder`, empty where there is none.

    Hooks, other plugins, Markdown extensions and scripts are left out: they would run code or ask other hosts. What is wrong
    in the file is told by discover, with its place; what cannot be read counts as not written.
    """
    file = folder / "mkdocs.yml"
    if not file.is_file() or refusal(folder.resolve(), "mkdocs.yml"):
        return {}
    try:
        read = yaml.load(file.read_bytes(), _DataLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    given = read if isinstance(read, dict) else {}
    theme = given.get("theme")
    look = {name: theme[name] for name in _LOOK if name in theme} if isinstance(theme, dict) else {}
    custom = look.get("custom_dir")
    if custom is not None and (
        not isinstance(custom, str) or refusal(folder.resolve(), custom) or not _inside(folder, custom)
    ):
        del look["custom_dir"]
    text = given.get("copyright")
    return {"theme": look, **({"copyright": text} if isinstance(text, str) else {})}


def _inside(folder: Path, path: str) -> bool:
    return (folder / path).is_dir() and (folder / path).resolve().is_relative_to(folder.resolve())
