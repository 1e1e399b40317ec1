"""Changing a library once it is imported, and not before: a page that does not use it does not load it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    Action = Callable[[ModuleType], object]


class Watcher:
    """Stands first among the finders; what it is asked for is found by those behind it."""

    def __init__(self) -> None:
        self.actions: dict[str, list[Action]] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the specification of a watched module, its loader made to call the actions afterwards."""
        if name not in self.actions:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = find(name, path, target) if find and finder is not self else None
            if spec is not None:
                self._extend(name, spec.loader)
                return spec
        return None

    def _extend(self, name: str, loader: Any) -> None:  # noqa: ANN401 - loaders share no class
        execute = getattr(loader, "exec_module", None)
        if execute is None:
            return

        def exec_module(module: ModuleType) -> None:
            execute(module)
            for action in self.actions.get(name, ()):
                action(sys.modules.get(name, module))  # some put another object in their place

        loader.exec_module = exec_module


def prepare(given: dict[str, Any]) -> None:
    """Give the files that follow `after_import(name, action)`: `action(module)` is called when `name` has been imported."""
    watcher = Watcher()
    sys.meta_path.insert(0, watcher)

    def after_import(name: str, action: Action) -> None:
        if name in sys.modules:
            action(sys.modules[name])
        else:
            watcher.actions.setdefault(name, []).append(action)

    given["after_import"] = after_import
