"""What an edition takes from the author's `mkdocs.yml`: data alone, for a build runs no code of a course."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import yaml

from site_builder.discover.course_settings import FILES
from site_builder.discover.folder_tree import refusal
from site_builder.hosts.theme_look import look_of
from site_builder.render.clean import clean

if TYPE_CHECKING:
    from pathlib import Path

_PAIR = 2
"""So many names at least are needed for the last to be a default."""


class _DataLoader(yaml.SafeLoader):
    """Reads `mkdocs.yml` whatever tags it has; those that would load Python code give nothing."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave merges (`<<`) out: a few lines of them could stand for billions of entries."""


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """Give the first of the environment's variables that is set, or the default behind them, as MkDocs does."""
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(node.value)
    given = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else []
    *names, default = [*given, None] if len(given) < _PAIR else given
    return next((os.environ[str(name)] for name in names if str(name) in os.environ), default)


_DataLoader.add_constructor("!ENV", _environment)
_DataLoader.add_multi_constructor("", lambda loader, tag, node: None)  # noqa: ARG005 - the library's signature


def author_look(folder: Path) -> dict[str, Any]:
    """Give `copyright` and the look (`theme`) of the `mkdocs.yml` in `folder`, empty where there is none.

    Hooks, other plugins, Markdown extensions and scripts are left out: they would run code or ask other hosts. What is wrong
    in the file is told by discover, with its place; what cannot be read counts as not written. `copyright` is cleaned as all HTML of authors.
    """
    home = folder.resolve()
    file = next((home / name for name in FILES if (home / name).is_file() and not refusal(home, name)), None)
    if file is None:
        return {}
    try:
        read = yaml.load(file.read_bytes(), _DataLoader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, OSError, RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return {}
    given = read if isinstance(read, dict) else {}
    text = given.get("copyright")
    return {
        "theme": look_of(given.get("theme"), home),
        **({"copyright": clean(text)} if isinstance(text, str) else {}),
    }
