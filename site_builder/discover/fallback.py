"""A translation's entries, completed by the original's where pages are not translated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from site_builder.discover.listing import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.model.course import Entry


def ids(entries: Iterable[Entry]) -> Iterator[str]:
    """Give the ids of all pages below `entries`, in reading order."""
    for entry in entries:
        if entry.local:
            yield entry.local
        yield from (page for _, page in entry.frameworks if page != entry.local)
        yield from ids(entry.entries)


def same_ids(own: Iterable[str], original: Iterable[str]) -> dict[str, str]:
    """Give the original's id for pages whose name differs only by its dashes or capitals (`hands-on`, `hands_on`)."""
    own, theirs = set(own), set(original)
    by_fold = {folded(page): page for page in theirs - own}
    return {page: by_fold[folded(page)] for page in sorted(own - theirs) if folded(page) in by_fold}


def renamed(entries: tuple[Entry, ...], names: dict[str, str]) -> tuple[Entry, ...]:
    """Give the entries with the ids of `names` in place of their own."""
    return tuple(
        replace(
            entry,
            local=names.get(entry.local or "", entry.local),
            frameworks=tuple((key, names.get(page, page)) for key, page in entry.frameworks),
            entries=renamed(entry.entries, names),
        )
        for entry in entries
    )


def complete(own: tuple[Entry, ...], original: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Add to a translation's entries those of the original that it lacks.

    The translation's titles, its order and its own pages stay. What is added comes behind the entry that precedes it
    in the original; a chapter goes on in the translation's chapter that has most of its pages.
    """
    return tuple(_complete(list(own), original, frozenset(ids(own))))


def _complete(result: list[Entry], original: tuple[Entry, ...], taken: frozenset[str]) -> list[Entry]:
    at = 0
    for theirs in original:
        match = _match(result, theirs, original)
        if match is not None:
            result[match] = _joined(result[match], theirs, taken)
            at = match + 1
            continue
        shared = _holding(result, set(ids((theirs,))))
        if shared is not None and theirs.entries:  # the translation has no such group, but its pages stand here
            result = _complete(result, theirs.entries, taken)
            at = 1 + max(index for index, each in enumerate(result) if {*ids((each,))} & {*ids((theirs,))})
        elif shared is not None:
            at = shared + 1
        elif (rest := _without(theirs, taken)) is not None:
            result.insert(at, rest)
            at += 1
    return result


def _match(result: list[Entry], theirs: Entry, original: tuple[Entry, ...]) -> int | None:
    """Find the entry that stands for the original's: the same page, or the group with most of its pages."""
    if not theirs.entries:
        return next((index for index, each in enumerate(result) if theirs.local and each.local == theirs.local), None)
    wanted = set(ids((theirs,)))
    groups = [index for index, each in enumerate(result) if each.entries]
    best = max(groups, key=lambda index: len(wanted & {*ids((result[index],))}), default=None)
    if best is not None and wanted & {*ids((result[best],))}:
        return best
    if any(page in wanted for page in ids(result)):
        return None
    others = {page for each in original for page in ids((each,))}
    free = (index for index in groups if not others & {*ids((result[index],))})
    return next((index for index in free if _folders(result[index]) == _folders(theirs)), None)


def _holding(result: list[Entry], wanted: set[str]) -> int | None:
    return next((index for index, each in enumerate(result) if wanted & {*ids((each,))}), None)


def _folders(entry: Entry) -> set[str]:
    return {page.rpartition("/")[0] for page in ids((entry,))} - {""} or {entry.title}


def _joined(own: Entry, theirs: Entry, taken: frozenset[str]) -> Entry:
    """Complete one entry: the pages inside it, the twins for other frameworks, the number of its quiz."""
    if theirs.entries:
        own = replace(own, entries=tuple(_complete(list(own.entries), theirs.entries, taken)))
    if own.local is None or own.local != theirs.local:
        return own
    twins = own.frameworks
    if not twins and not any(page in taken for _, page in theirs.frameworks if page != own.local):
        twins = theirs.frameworks
    return replace(own, frameworks=twins, quiz=own.quiz or theirs.quiz, title=own.title or theirs.title)


def _without(entry: Entry, taken: frozenset[str]) -> Entry | None:
    """Give an entry without the pages that stand elsewhere; `None` where nothing is left."""
    children = tuple(each for each in (_without(child, taken) for child in entry.entries) if each is not None)
    frameworks = tuple((key, page) for key, page in entry.frameworks if page not in taken)
    local = frameworks[0][1] if frameworks else None if entry.local in taken else entry.local
    if local is None and not children:
        return None
    return replace(entry, local=local, frameworks=frameworks if len(frameworks) > 1 else (), entries=children)
