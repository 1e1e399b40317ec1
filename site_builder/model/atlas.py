"""What a page may link to in one edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Atlas:
    """The pages, headings and files of one edition, for links.

    `pages` maps a page's id to its address on the site; `firsts` a chapter's folder (`chapter3`) to the id of
    its first page; `anchors` a page's id to all ids on it, aliases included. `files` are the course's publishable files
    (see `Course.files`); `languages` the tags of all editions; `own_addresses` the prefixes of links that mean this course
    (`/course`, `/learn/audio-course`, `https://huggingface.co/learn/audio-course`), longest first.
    `original` is the language at the site's root, the others lie under their tags; empty where that is not known.
    """

    language: str
    pages: Mapping[str, str] = field(hash=False)
    firsts: Mapping[str, str] = field(hash=False)
    anchors: Mapping[str, frozenset[str]] = field(hash=False)
    files: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    own_addresses: tuple[str, ...] = ()
    original: str = ""
