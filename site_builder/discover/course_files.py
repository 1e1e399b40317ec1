"""The files that a course may publish, by their endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from site_builder.discover.folder_tree import Tree

ENDINGS = frozenset(
    [
        *("apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"),
        *("aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav", "weba"),
        *("m4v", "mov", "mp4", "ogv", "webm", "srt", "vtt"),
        *("csv", "ipynb", "json", "jsonl", "parquet", "pdf", "tsv", "txt", "zip"),
    ]
)
"""Pictures, sounds, films and data. No page of another kind, no program: HTML would run on the course's own site."""


def publishable(tree: Tree) -> frozenset[str]:
    """Give the files that pages may show or link to, as paths relative to the course folder."""
    return frozenset(path for path in tree.files if path.rpartition(".")[2].lower() in ENDINGS)
