"""Variants as Material's tabs, which work without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.render.escaping import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.model.document import Block, Switch
    from site_builder.render.draft import Draft, Fragment


def switch_tabs(block: Switch, draft: Draft, finish: Callable[[tuple[Block, ...]], Fragment]) -> str:
    """Hold a set of tabs; `finish` gives the finished HTML of an arm's blocks."""
    draft.switches += 1
    number = draft.switches  # those inside the arms count on
    name = f"__tabbed_{number}"
    arms = [finish(arm.children) for arm in block.arms]
    inputs = "".join(
        f'<input{" checked" if at == 1 else ""} id="{name}_{at}" name="{name}" type="radio">'
        for at in range(1, len(arms) + 1)
    )
    labels = "".join(
        f'<label for="{name}_{at}" data-key="{quoted(arm.key)}">{quoted(arm.label)}</label>'
        for at, arm in enumerate(block.arms, 1)
    )
    blocks = "".join(f'<div class="tabbed-block">\n{each.html}</div>' for each in arms)
    html = (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(arms)}" data-group="{quoted(block.group)}">'
        f'{inputs}<div class="tabbed-labels">{labels}</div><div class="tabbed-content">{blocks}</div></div>'
    )
    return draft.hold(html, "".join(each.search for each in arms)) + "\n"
