"""Which prefixes of links mean this course? Guessed from all links of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from site_builder.resolve.course_paths import is_language, without_ending

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

HUB = "https://huggingface.co"
"""Where today's site of these courses lies: absolute paths mean places there."""

_HOST = re.compile(r"(https?://[^/?#]+)?(/[^?#]*)")
_DIGITS = re.compile(r"\d+")
_FEWEST = 2
_DEEPEST = 2
_SHARE_OF_BEST = 0.25


def guess_own_addresses(addresses: Iterable[str], page_ids: Collection[str]) -> tuple[str, ...]:
    """Give the prefixes of links that mean this course, longest first.

    Args:
        addresses: all addresses of links, as written, repeated as often as they occur.
        page_ids: the ids of all pages.

    Returns:
        Prefixes such as `/course` and `https://huggingface.co/course`. A prefix is own where most of the
        paths behind it, after a language, are pages or chapters of this course, or are built like them (`chapter7/3`
        beside `chapter1/2`). Of prefixes that differ in their last part (`/learn/…`) those with far fewer such paths are
        other courses.
    """
    places = set(page_ids) | {id_.partition("/")[0] for id_ in page_ids}
    shapes = {_shape(each) for each in places}
    hits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for address in addresses:
        for prefix, rest in _splits(address):
            real = rest in places
            (hits if real or _shape(rest) in shapes else misses)[prefix] += 1
    own = [each for each in hits if hits[each] >= _FEWEST and hits[each] > misses[each]]
    own = [each for each in own if each.rpartition("/")[0] not in own]
    best = Counter[str]()
    for each in own:
        parent = each.rpartition("/")[0]
        best[parent] = max(best[parent], hits[each])
    own = [each for each in own if hits[each] >= _SHARE_OF_BEST * best[each.rpartition("/")[0]]]
    both = [form for each in own for form in ((each, HUB + each) if each.startswith("/") else (each,))]
    return tuple(sorted(both, key=lambda each: (-len(each), each)))


def _splits(address: str) -> Iterator[tuple[str, str]]:
    """Give each prefix of an absolute address with the path of the page behind it; the hub's host is left out."""
    match = _HOST.match(address)
    if match is None:
        return
    host = (match[1] or "").replace("http://", "https://").replace("://www.", "://")
    host = "" if host == HUB else host
    parts = [part for part in unquote(match[2]).split("/") if part]
    for depth in range(0 if host else 1, min(_DEEPEST, len(parts) - 1) + 1):
        if depth and is_language(parts[depth - 1]):
            continue
        rest = parts[depth + 1 :] if is_language(parts[depth]) else parts[depth:]
        if rest:
            yield "/".join([host, *parts[:depth]]), without_ending("/".join(rest))


def _shape(path: str) -> str:
    return _DIGITS.sub("0", path)
