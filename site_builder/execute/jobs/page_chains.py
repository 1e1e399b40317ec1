"""Pages that go on from others, and what runs together so that no cell runs twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Place = tuple[str, str]
"""A page: its language and its id."""

Chain = tuple[Place, ...]
"""The pages that run in one kernel, in order; the last is the one that the chain is for."""


def chains_of(after: Mapping[Place, Place | None]) -> tuple[dict[Place, Chain], dict[Place, str]]:
    """Give each page's chain, and what is wrong with where it goes on from.

    Args:
        after: for each page the one that it goes on from.

    Returns:
        The chains by page, and for pages whose place in the order cannot be told (they are alone in theirs) the fault in a phrase.
    """
    faults = {page: fault for page in after if (fault := _fault(page, after))}
    chains: dict[Place, Chain] = {}
    for page in after:
        chain = [page]
        while (before := after[chain[-1]]) and chain[-1] not in faults:
            chain.append(before)
        chains[page] = tuple(reversed(chain))
    return chains, faults


def _fault(page: Place, after: Mapping[Place, Place | None]) -> str:
    before = after[page]
    if before is None:
        return ""
    if before not in after:
        return f"there is no page `{before[1]}` to go on from"
    way = [page]
    while before and before in after and before not in way:
        way.append(before)
        before = after[before]
    if before != page:
        return ""
    by = ", ".join(f"`{each[1]}`" for each in way[1:])
    return f"the page goes on from itself{f' by way of {by}' if by else ''}"


def groups_of(due: Collection[Place], chains: Mapping[Place, Chain]) -> list[tuple[Chain, frozenset[Place]]]:
    """Give what runs together: chains, and which of their pages are wanted; each page that is `due` is wanted once.

    Where several pages go on from one, the second replays it: what the first left in the kernel is not the second's.
    """
    groups = []
    left = set(due)
    for page in sorted(due, key=lambda each: -len(chains[each])):
        if page in left:
            wanted = left.intersection(chains[page])
            left -= wanted
            groups.append((chains[page], frozenset(wanted)))
    return groups
