"""Calls that give what stands in for something real, told from their code: models by their ids, answers from the network."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN = frozenset(dir(builtins))
_WITHOUT_WEIGHTS = ("FeatureExtractor", "ImageProcessor")
_PLACES = {
    "pipeline": (1, "model"),
    "from_pretrained": (0, "pretrained_model_name_or_path"),
    "from_hub": (0, "repo_id"),
}
"""For each name of a call that loads a model: where its id stands, and by what name."""

_NETWORK = frozenset({"requests", "httpx", "aiohttp", "urlopen"})
"""Who answers from the network: without one, only what stands in for it."""


def gives_stand_in(
    call: ast.Call, models: frozenset[str], texts: Mapping[str, str], *, offline: bool
) -> bool:
    """Tell whether a call gives something that stands in for a real one.

    Args:
        call: any call.
        models: the ids of the stand-ins that are models.
        texts: strings that names are known to stand for.
        offline: whether what is no stand-in cannot be had either, and nothing from the network.
    """
    name = name_of(call.func)
    if isinstance(call.func, ast.Name) and name in _PLAIN:
        return False
    if isinstance(call.func, ast.Attribute) and name_of(call.func.value).endswith(_WITHOUT_WEIGHTS):
        return False
    given_texts = frozenset(_texts(call, texts))
    if models & given_texts or (offline and _asks_network(call, given_texts)):
        return True
    if name not in _PLACES:
        return False
    given = _given(call, *_PLACES[name])
    return offline or given is None or text_of(given, texts) is None


def name_of(node: ast.expr) -> str:
    """Give the last name of `a.b.c` or `c`; empty for anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def text_of(node: ast.expr | None, texts: Mapping[str, str]) -> str | None:
    """Give the string that an expression is known to be, if it is."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return texts.get(node.id) if isinstance(node, ast.Name) else None


def _asks_network(call: ast.Call, given: frozenset[str]) -> bool:
    parts = {each.id for each in ast.walk(call.func) if isinstance(each, ast.Name)} | {name_of(call.func)}
    return bool(_NETWORK & parts) or any(each.startswith(("http://", "https://")) for each in given)


def _texts(call: ast.Call, texts: Mapping[str, str]) -> Iterator[str]:
    for each in (*call.args, *(keyword.value for keyword in call.keywords)):
        text = text_of(each, texts)
        if text is not None:
            yield text


def _given(call: ast.Call, place: int, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place < len(call.args) else None
