"""Which names of a page's code hold something that comes from a stand-in model: expressions and what they are assigned to."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from site_builder.execute.ipython_lines import MARK
from site_builder.execute.stand_ins.loaded_models import gives_stand_in, name_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLEAN = frozenset({"feature_extractor", "image_processor"})
"""Parts of a model's pipeline that compute from settings and have no weights."""

_CHANGES = (
    "add",
    "append",
    "extend",
    "insert",
    "update",
    "set",
    "put",
    "push",
    "write",
    "load",
    "fit",
    "register",
)
"""How methods begin that put what they are given into their object."""

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
_Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass(frozen=True)
class Routine:
    """A function or class: the names outside of it that it reads, those that it changes, and whether it loads a model itself."""

    reads: frozenset[str]
    changes: frozenset[str]
    loads: bool


@dataclass
class Names:
    """What is known of a kernel's names while its cells are read in order. `texts` are names that hold a known string."""

    models: frozenset[str]
    offline: bool = True
    tainted: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    routines: dict[str, Routine] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)

    def copy(self) -> Names:
        """Give names that change apart from these."""
        return replace(
            self,
            tainted=set(self.tainted),
            texts=dict(self.texts),
            routines=dict(self.routines),
            imported=set(self.imported),
        )

    def join(self, others: list[Names]) -> None:
        """Become what any of `others` may be."""
        self.tainted = set().union(*(each.tainted for each in others))
        self.imported = set().union(*(each.imported for each in others))
        for each in others:
            self.texts.update(each.texts)
            self.routines.update(each.routines)

    def is_tainted(self, name: str, asked: frozenset[str] = frozenset()) -> bool:
        """Tell whether a name holds something from a stand-in model, or a function that uses such."""
        if name in self.tainted:
            return True
        routine = self.routines.get(name)
        if routine is None or name in asked:
            return False
        return routine.loads or any(self.is_tainted(each, asked | {name}) for each in routine.reads)

    def taint(self, name: str) -> None:
        """Let a name hold something tainted; modules and what was imported from them cannot."""
        if name and name not in self.imported:
            self.tainted.add(name)

    def bind(self, name: str, *, tainted: bool) -> None:
        """Give a name a new value: what it held before is forgotten."""
        self.imported.discard(name)
        self.routines.pop(name, None)
        self.texts.pop(name, None)
        self.tainted.discard(name)
        if tainted:
            self.tainted.add(name)


def value_of(node: ast.AST | None, names: Names) -> bool:
    """Tell whether an expression's value comes from a stand-in model; names that it changes are changed."""
    if node is None or isinstance(node, ast.Constant):
        return False
    if isinstance(node, ast.Name):
        return _spoken(node.id, names) if node.id.startswith(MARK) else names.is_tainted(node.id)
    if isinstance(node, ast.Attribute):
        return value_of(node.value, names) and node.attr not in _CLEAN
    if isinstance(node, ast.Call):
        return _call(node, names)
    if isinstance(node, ast.NamedExpr):
        tainted = value_of(node.value, names)
        assign(node.target, names, tainted=tainted)
        return tainted
    if isinstance(node, ast.Lambda):
        routine = routine_of(node, names)
        return routine.loads or any(map(names.is_tainted, routine.reads))
    if isinstance(node, _Comprehension):
        return _comprehension(node, names)
    return _any(ast.iter_child_nodes(node), names)


def _any(nodes: Iterable[ast.AST], names: Names) -> bool:
    """Look at each of `nodes`, the rest after the first tainted one too: each may change names."""
    return any([value_of(each, names) for each in nodes])  # noqa: C419 - all are visited


def _spoken(name: str, names: Names) -> bool:
    text = bytes.fromhex(name.removeprefix(MARK)).decode("utf-8", "replace")
    return any(map(names.is_tainted, re.findall(r"\w+", text)))


def _call(node: ast.Call, names: Names) -> bool:
    given = _any([*node.args, *node.keywords], names)
    called = value_of(node.func, names)
    loads = gives_stand_in(node, names.models, names.texts, offline=names.offline)
    if given and isinstance(node.func, ast.Attribute) and node.func.attr.startswith(_CHANGES):
        names.taint(root_of(node.func))
    routine = names.routines.get(name_of(node.func)) if isinstance(node.func, ast.Name) else None
    if routine and (called or given):
        for each in routine.changes:
            names.taint(each)
    return given or called or loads


def _comprehension(node: _Comprehension, names: Names) -> bool:
    inside = names.copy()
    tainted = False
    for each in node.generators:
        source = value_of(each.iter, inside)
        assign(each.target, inside, tainted=source)
        tainted = _any(each.ifs, inside) or source or tainted
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    return _any(parts, inside) or tainted


def assign(target: ast.expr, names: Names, *, tainted: bool) -> bool:
    """Give a target a value; tell whether the target itself is part of something tainted."""
    if isinstance(target, ast.Name):
        names.bind(target.id, tainted=tainted)
        return False
    if isinstance(target, ast.Tuple | ast.List):
        return any([assign(each, names, tainted=tainted) for each in target.elts])  # noqa: C419 - all are bound
    if isinstance(target, ast.Starred):
        return assign(target.value, names, tainted=tainted)
    if tainted:
        names.taint(root_of(target))
    return value_of(target, names)


def assign_text(target: ast.expr, value: ast.expr, names: Names) -> None:
    """Remember the string that a name holds from now on."""
    text = text_of(value, names.texts)
    if isinstance(target, ast.Name) and text is not None:
        names.texts[target.id] = text


def root_of(node: ast.expr) -> str:
    """Give the name that `a.b[0].c` begins with; empty where it begins with something else."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def routine_of(node: _Function, names: Names) -> Routine:
    """Give what a function or class does with names outside of it."""
    body: list[ast.stmt] | list[ast.expr] = [node.body] if isinstance(node, ast.Lambda) else node.body
    inside = [each for part in body for each in ast.walk(part)]
    shared = {name for each in inside if isinstance(each, ast.Global) for name in each.names}
    own = _own_names(node, inside) - shared
    clean = {id(each.value) for each in inside if isinstance(each, ast.Attribute) and each.attr in _CLEAN}
    reads: set[str] = set()
    changes = set(shared)
    for each in inside:
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and id(each) not in clean:
            reads.add(each.id)
        elif isinstance(each, ast.Attribute | ast.Subscript) and isinstance(each.ctx, ast.Store):
            changes.add(root_of(each))
        elif (
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Attribute)
            and each.func.attr.startswith(_CHANGES)
        ):
            changes.add(root_of(each.func))
    loads = any(
        gives_stand_in(each, names.models, names.texts, offline=names.offline)
        for each in inside
        if isinstance(each, ast.Call)
    )
    return Routine(frozenset(reads - own), frozenset(changes - own - {""}), loads)


def _own_names(node: _Function, inside: list[ast.AST]) -> set[str]:
    """Give the names that are a function's own: its parameters, and what is assigned or defined in it."""
    own = {each.id for each in inside if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)}
    own |= {each.arg for part in (node, *inside) for each in ast.walk(part) if isinstance(each, ast.arg)}
    return own | {
        each.name
        for each in inside
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
