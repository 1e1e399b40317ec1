"""Which statements use what comes from a stand-in model: they are followed in order, and all branches are taken."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from site_builder.execute.ipython_lines import MARK, plain_python
from site_builder.execute.stand_ins.name_flow import assign, assign_text, root_of, routine_of, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.execute.stand_ins.name_flow import Names

_TIMED = re.compile(r"%+(?:time|timeit|prun|capture)\b(?:\s+-\S+)*\s+(.*)", re.DOTALL)


def run_body(body: Sequence[ast.stmt], names: Names) -> bool:
    """Follow statements; tell whether any of them uses something tainted."""
    return any([_statement(each, names) for each in body])  # noqa: C419 - all are followed


def _statement(node: ast.stmt, names: Names) -> bool:
    match node:
        case ast.Expr():
            return _expression(node.value, names)
        case ast.Assign():
            return _assignment(node.targets, node.value, names)
        case ast.AnnAssign():
            return bool(node.value) and _assignment([node.target], node.value, names)
        case ast.AugAssign():
            return _change(node, names)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return _definition(node, names)
        case ast.Import() | ast.ImportFrom():
            return _import(node, names)
        case _:
            return _compound(node, names)


def _change(node: ast.AugAssign, names: Names) -> bool:
    tainted = value_of(node.value, names)
    if tainted:
        names.taint(root_of(node.target))
    return value_of(node.target, names) or tainted


def _compound(node: ast.stmt, names: Names) -> bool:
    match node:
        case ast.If():
            return _branches(value_of(node.test, names), [node.body, node.orelse], names)
        case ast.While():
            return _loop(node, value_of(node.test, names), names)
        case ast.For() | ast.AsyncFor():
            tainted = value_of(node.iter, names)
            assign(node.target, names, tainted=tainted)
            return _loop(node, tainted, names)
        case ast.With() | ast.AsyncWith():
            return _with(node, names)
        case ast.Try() | ast.TryStar():
            bodies = [[*node.body, *node.orelse], *([*node.body, *each.body] for each in node.handlers)]
            used = _branches(False, bodies, names)  # noqa: FBT003 - nothing is asked
            return run_body(node.finalbody, names) or used
        case ast.Match():
            return _branches(value_of(node.subject, names), [[], *(each.body for each in node.cases)], names)
        case _:
            return _rest(node, names)


def _with(node: ast.With | ast.AsyncWith, names: Names) -> bool:
    used = False
    for item in node.items:
        tainted = value_of(item.context_expr, names)
        if item.optional_vars:
            assign(item.optional_vars, names, tainted=tainted)
        used = used or tainted
    return run_body(node.body, names) or used


def _rest(node: ast.stmt, names: Names) -> bool:
    if isinstance(node, ast.Delete):
        for target in node.targets:
            if isinstance(target, ast.Name):
                names.bind(target.id, tainted=False)
        return False
    return any([value_of(each, names) for each in ast.iter_child_nodes(node)])  # noqa: C419 - all are followed


def _expression(node: ast.expr, names: Names) -> bool:
    """Follow an expression that stands alone; `%time …` is what stands behind it."""
    if isinstance(node, ast.Name) and node.id.startswith(MARK):
        line = _TIMED.fullmatch(bytes.fromhex(node.id.removeprefix(MARK)).decode("utf-8", "replace"))
        try:
            return run_body(ast.parse(plain_python(line[1])).body if line else [], names) or value_of(
                node, names
            )
        except (SyntaxError, ValueError):
            return value_of(node, names)
    return value_of(node, names)


def _assignment(targets: Sequence[ast.expr], value: ast.expr | None, names: Names) -> bool:
    used = False
    for target in targets:
        if (
            isinstance(target, ast.Tuple)
            and isinstance(value, ast.Tuple)
            and len(target.elts) == len(value.elts)
            and not any(isinstance(each, ast.Starred) for each in (*target.elts, *value.elts))
        ):
            parts = [
                (part, value_of(each, names)) for part, each in zip(target.elts, value.elts, strict=True)
            ]
        else:
            parts = [(target, value_of(value, names))]
        for part, tainted in parts:
            used = assign(part, names, tainted=tainted) or tainted or used
        if value is not None:
            assign_text(target, value, names)
    return used


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, names: Names) -> bool:
    """Remember what a function does; to define it uses nothing but its decorators, defaults and bases."""
    given = [*node.decorator_list]
    given += (
        node.bases
        if isinstance(node, ast.ClassDef)
        else [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    )
    tainted = any([value_of(each, names) for each in given])  # noqa: C419 - all are followed
    routine = routine_of(node, names)
    names.bind(node.name, tainted=tainted)
    names.routines[node.name] = routine
    return tainted


def _import(node: ast.Import | ast.ImportFrom, names: Names) -> bool:
    for each in node.names:
        name = each.asname or each.name.partition(".")[0]
        names.bind(name, tainted=False)
        names.imported.add(name)
    return False


def _loop(node: ast.For | ast.AsyncFor | ast.While, tainted: bool, names: Names) -> bool:  # noqa: FBT001 - of what is asked
    """Follow a loop's body twice, since what it ends with may be what it begins with."""
    used = _branches(tainted, [[*node.body, *node.body], []], names)
    return run_body(node.orelse, names) or used


def _branches(tainted: bool, bodies: Sequence[Sequence[ast.stmt]], names: Names) -> bool:  # noqa: FBT001 - of what is asked
    """Follow each body from the same start; where something tainted decides, what they assign is tainted."""
    ends = [names.copy() for _ in bodies]
    used = any([run_body(body, end) for body, end in zip(bodies, ends, strict=True)])  # noqa: C419 - all are followed
    names.join(ends)
    if tainted:
        for each in (node for body in bodies for statement in body for node in ast.walk(statement)):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                names.taint(each.id)
    return tainted or used
