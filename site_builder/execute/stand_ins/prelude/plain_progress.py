"""Progress bars as text: a page has no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def prepare(given: dict[str, Any]) -> None:
    """Let `tqdm.notebook`, and with it `tqdm.auto`, give the bars that a terminal has."""

    def plain(module: ModuleType) -> None:
        bar = getattr(module, "std_tqdm", None)
        if bar is None:
            return

        def counting(*numbers: int, **options: Any) -> Any:  # noqa: ANN401 - as tqdm's own
            return bar(range(*numbers), **options)

        given_names = {"tqdm": bar, "tqdm_notebook": bar, "trange": counting, "tnrange": counting}
        vars(module).update(given_names)
        if vars(module).get("IProgress") is None:
            vars(module)["IProgress"] = bar  # it is looked at only: without one there is a warning

    given["after_import"]("tqdm.notebook", plain)
