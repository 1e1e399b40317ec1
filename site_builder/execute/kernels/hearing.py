"""What a kernel says while cells run, collected by nbclient cell by cell, up to what a page may keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from site_builder.execute.kernels.collected import size_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jupyter_client.client import KernelClient

    from site_builder.model.run import PageTask

KINDS = frozenset(
    {"stream", "display_data", "execute_result", "error", "update_display_data", "clear_output"}
)

_MEBIBYTE = 2**20


class Hearing:
    """The outputs of all cells of a job's pages; a page may keep `limit` bytes of them.

    nbclient knows what display updates, `clear_output` and output widgets do. A message goes to the cell that caused it,
    even if that is long at its end: so a thread's words land where Jupyter shows them.
    """

    def __init__(self, pages: Sequence[PageTask], client: KernelClient, limit: int) -> None:
        from nbclient import NotebookClient  # noqa: PLC0415 - a build does not load Jupyter
        from nbformat import NotebookNode  # noqa: PLC0415 - see above

        node: Any = NotebookNode  # it has no types
        self._cells = [node(outputs=[]) for page in pages for _ in page.cells]
        self._nbclient = NotebookClient(node(cells=self._cells, metadata={}))
        self._nbclient.kc = client
        self._asked: dict[str, int] = {}
        self._limit = limit
        self._kept = 0
        self._page = range(0)
        self.begin_cell(0)

    def begin_page(self, first: int, count: int) -> None:
        """A page begins: its cells are `count` from number `first` on, counted over the whole job."""
        self._page = range(first, first + count)
        self._kept = 0

    def begin_cell(self, number: int) -> None:
        """A cell begins: what is heard from now on and not yet known is its own."""
        self._current = number
        self._nbclient.clear_before_next_output = False

    def outputs(self, number: int) -> list[Mapping[str, Any]]:
        """Give what a cell has put out so far, as nbformat stores it."""
        return list(self._cells[number].outputs)

    def hear(self, message: dict[str, Any]) -> str:
        """Take a message; say why no more can be taken, or nothing."""
        kind, caused_by = message["msg_type"], message["parent_header"].get("msg_id")
        if not caused_by or not (kind in KINDS or kind.startswith("comm_")):
            return ""
        number = self._asked.setdefault(caused_by, self._current)
        if number not in self._page:
            return ""
        self._kept += size_of(message["content"])
        self._nbclient.process_message(message, self._cells[number], number)
        return self._refusal() if self._kept > self._limit else ""

    def _refusal(self) -> str:
        """Count anew, since what was cleared or replaced is not kept; refuse what is too much all the same."""
        self._kept = sum(size_of(each) for number in self._page for each in self._cells[number].outputs)
        if self._kept <= self._limit:
            return ""
        return f"more than {self._limit / _MEBIBYTE:.3g} MB came out of its page"
