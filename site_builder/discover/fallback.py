"""A translation's entries, completed by the original's where pages are not translated."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
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


@dataclass
class _Level:
    """Entries that stand side by side in a translation, and what the original adds to them.

    `at` tells for each page below which of them holds it; `added` what comes behind each (-1: before all); `last` is the
    one that the walk through the original has come to.
    """

    own: list[Entry]
    at: dict[str, int]
    added: dict[int, list[Entry]] = field(default_factory=dict)
    last: int = -1


def complete(own: tuple[Entry, ...], original: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Add to a translation's entries those of the original that it lacks.

    The translation's titles, its order and its own pages stay. What is added comes behind the entry that precedes it
    in the original; a chapter goes on in the translation's chapter that has most of its pages.
    """
    return _complete(own, original, frozenset(ids(own)))


def _complete(
    own: tuple[Entry, ...], original: tuple[Entry, ...], taken: frozenset[str]
) -> tuple[Entry, ...]:
    level = _Level(list(own), {page: index for index, each in enumerate(own) for page in ids((each,))})
    _add(level, original, frozenset(ids(original)), taken)
    result = level.added.get(-1, [])
    for index, each in enumerate(level.own):
        result += [each, *level.added.get(index, ())]
    return tuple(result)


def _add(
    level: _Level, original: tuple[Entry, ...], theirs_all: frozenset[str], taken: frozenset[str]
) -> None:
    for theirs in original:
        holders = [level.at[page] for page in ids((theirs,)) if page in level.at]
        match = _match(level, theirs, holders, theirs_all)
        if match is not None:
            level.own[match] = _joined(level.own[match], theirs, taken)
            level.last = match
        elif holders and theirs.entries:  # the translation has no such group, but its pages stand here
            _add(level, theirs.entries, theirs_all, taken)
        elif holders:
            level.last = holders[0]
        elif (rest := _without(theirs, taken)) is not None:
            level.added.setdefault(level.last, []).append(rest)


def _match(level: _Level, theirs: Entry, holders: list[int], theirs_all: frozenset[str]) -> int | None:
    """Find the entry that stands for the original's: the same page, or the group with most of its pages."""
    if not theirs.entries:
        found = level.at.get(theirs.local or "")
        return found if found is not None and level.own[found].local == theirs.local else None
    groups = Counter(index for index in holders if level.own[index].entries)
    if groups:
        return groups.most_common(1)[0][0]
    if holders:
        return None
    folders = _folders(theirs)
    for index, each in enumerate(level.own):  # a chapter whose files all have other names
        if each.entries and _folders(each) == folders and theirs_all.isdisjoint(ids((each,))):
            return index
    return None


def _folders(entry: Entry) -> set[str]:
    return {page.rpartition("/")[0] for page in ids((entry,))} - {""} or {entry.title}


def _joined(own: Entry, theirs: Entry, taken: frozenset[str]) -> Entry:
    """Complete one entry: the pages inside it, the twins for other frameworks, the number of its quiz."""
    if theirs.entries:
        own = replace(own, entries=_complete(own.entries, theirs.entries, taken))
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
