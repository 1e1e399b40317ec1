"""The fields of a kept run's metadata, each of the type that it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from site_builder.model.run import Pairs

_LONGEST = 10_000
_MOST_SECONDS = 1e9


class KeptRunFault(Exception):  # noqa: N818 - what is wrong in a file is a fault, here as elsewhere
    """A kept run cannot be used; `reason` says why in a phrase."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def table(value: object, name: str) -> dict[str, Any]:
    """Give a JSON object; KeptRunFault where it is none."""
    if not isinstance(value, dict):
        raise KeptRunFault(f"{name} is no JSON object")
    return value


def phrase(said: dict[str, Any], name: str, usual: str | None = None) -> str:
    """Give a field that is a short text; KeptRunFault where it is none."""
    value = said.get(name, usual)
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise KeptRunFault(f"`{name}` is no short text")
    return value


def flag(said: dict[str, Any], name: str, *, usual: bool) -> bool:
    """Give a field that is true or false; KeptRunFault where it is neither."""
    value = said.get(name, usual)
    if not isinstance(value, bool):
        raise KeptRunFault(f"`{name}` is neither true nor false")
    return value


def number(said: dict[str, Any], name: str) -> float:
    """Give a field that is a number of seconds; KeptRunFault where it is none."""
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST_SECONDS:
        raise KeptRunFault(f"`{name}` is no number of seconds")
    return float(value)


def pairs(said: dict[str, Any], name: str) -> Pairs:
    """Give a field that maps names to texts, sorted; KeptRunFault where it does not."""
    value = table(said.get(name), f"`{name}`")
    if not all(isinstance(each, str) for each in value.values()):
        raise KeptRunFault(f"`{name}` has what is no text")
    return tuple(sorted(value.items()))


def whole(value: object, depth: int) -> bool:
    """Tell whether JSON is nested at most `depth` deep: copies and comparisons of it cannot run out of stack."""
    if not depth:
        return False
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(whole(each, depth - 1) for each in inner if isinstance(each, dict | list))
