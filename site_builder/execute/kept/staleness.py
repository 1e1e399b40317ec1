"""Why a kept run is out of date: what it depended on against what is there now, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from site_builder.model.run import Depends, Pairs

_DIGITS = 32
_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def reasons(before: Depends, now: Depends, changed_cells: str) -> tuple[str, ...]:
    """Say what changed, in phrases; nothing where a run that depended on `before` is up to date.

    Args:
        before: what the kept run depended on.
        now: what a run would depend on.
        changed_cells: which cells are not those of the kept run (`changed_cells` below).
    """
    found: list[str] = []
    if before.code != now.code:
        found.append(changed_cells or "what its cells are meant to do changed")
    if not same_after(before.after, now.after):
        found += _pages(before.after, now.after)
    found += _files(before.files, now.files, lambda path: f"`{path}`")
    found += _files(before.stand_ins, now.stand_ins, lambda path: f"the stand-in `{path}`")
    if before.kernel != now.kernel:
        found.append(_kernels(before.kernel, now.kernel))
    return (*found, *_packages(before.environment, now.environment))


def same_after(before: Pairs, now: Pairs) -> bool:
    """Tell whether a page goes on from the same code; pages may have been renamed."""
    return Counter(digest for _, digest in before) == Counter(digest for _, digest in now)


def changed_cells(before: Sequence[str], now: Sequence[tuple[int, str]], line: Callable[[int], int]) -> str:
    """Name the first cell that is not as in the kept run; an empty string where all are.

    Args:
        before: the keys of the cells that ran.
        now: index among all cells and key of those that are to run.
        line: gives the chapter's line at which the cell of an index stands.
    """
    for old, (index, new) in zip(before, now, strict=False):
        if old != new:
            return f"cell {index + 1} (line {line(index)}) changed"
    if len(now) > len(before):
        index = now[len(before)][0]
        return f"cell {index + 1} (line {line(index)}) is new"
    return f"{counted(len(before) - len(now), 'cell')} at its end went away" if len(now) < len(before) else ""


def counted(number: int, thing: str) -> str:
    """Give `two cells`, `13 cells`."""
    shown = _WORDS[number] if number < len(_WORDS) else f"{number:,}"
    return f"{shown} {thing}{'' if number == 1 else 's'}"


def _pages(before: Pairs, now: Pairs) -> Iterable[str]:
    old, new = dict(before), dict(now)
    found = [
        f"`{page}`, which it goes on from, changed" for page in new if page in old and old[page] != new[page]
    ]
    known = set(old.values())
    found += [f"it goes on from `{page}` now" for page in new if page not in old and new[page] not in known]
    current = set(new.values())
    found += [
        f"it no longer goes on from `{page}`" for page in old if page not in new and old[page] not in current
    ]
    return found or ["the pages that it goes on from changed"]


def _files(before: Pairs, now: Pairs, shown: Callable[[str], str]) -> Iterable[str]:
    old, new = dict(before), dict(now)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            state = "is new" if path not in old else "changed" if new.get(path) else "is gone"
            yield f"{shown(path)} {state}"


def _kernels(before: str, now: str) -> str:
    old, new = before.partition(" "), now.partition(" ")
    if old[0] == new[0]:
        return f"the kernel's Python {old[2]} → {new[2]}"
    return f"the kernel `{old[0]}` → `{new[0]}`"


def _packages(before: Pairs, now: Pairs) -> Iterable[str]:
    """Tell which versions changed. A lock file has a digest in a version's place."""
    old, new = dict(before), dict(now)
    for name in sorted({*old, *new}, key=str.lower):
        was, is_ = old.get(name, ""), new.get(name, "")
        if was == is_:
            continue
        if _DIGITS in (len(was), len(is_)):
            yield f"the lock file `{name}` {'changed' if was and is_ else 'counts now' if is_ else 'no longer counts'}"
        elif was and is_:
            yield f"{name} {was} → {is_}"
        else:
            yield f"{name} {is_} was installed" if is_ else f"{name} {was} is no longer there"
