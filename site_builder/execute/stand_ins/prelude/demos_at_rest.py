"""Gradio demos are made and not served: `launch` comes back at once, and nothing calls home."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

SAID = "The demo is ready: run this cell on your own machine to try it."


class Launched(tuple[Any, ...]):
    """What `launch` gives: an application and two addresses, never shown as a cell's value."""

    __slots__ = ()

    def _ipython_display_(self) -> None:
        """Show nothing."""


def launch(self: Any, *_: Any, **__: Any) -> Launched:  # noqa: ANN401 - takes what any version of `launch` takes
    """Stand in for `Blocks.launch`: say in one line that there is a demo."""
    print(SAID)  # noqa: T201 - the cell's output
    return Launched((getattr(self, "app", None), "", ""))


def rest(*_: Any, **__: Any) -> None:  # noqa: ANN401 - as above
    """Stand in for `Blocks.block_thread`, which would wait for ever."""


def prepare(given: dict[str, Any]) -> None:
    """Put `launch` into the class that all demos inherit from, once Gradio is imported."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

    def change(module: ModuleType) -> None:
        blocks = getattr(module, "Blocks", None)
        if blocks is not None:
            blocks.launch, blocks.block_thread = launch, rest

    given["after_import"]("gradio.blocks", change)
