"""Course folders made from a few lines."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    """Write files below `folder`; texts are dedented."""
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else textwrap.dedent(content).encode())


def outline(*pages: str, title: str = "One") -> str:
    """Give an outline of one chapter with `pages`, each titled by its id."""
    return f"- title: {title}\n  sections:\n" + "".join(
        f"  - local: {page}\n    title: {page}\n" for page in pages
    )


SMALL = {
    "chapters/en/_toctree.yml": outline("a/1", "a/2"),
    "chapters/en/a/1.mdx": "# One\n",
    "chapters/en/a/2.mdx": "# Two\n",
}
"""A course of two pages."""
