"""A kernel of Jupyter's own for tests of what is run inside one: cells go in, outputs come out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def kernel_in(folder: Path) -> Iterator[Callable[..., list[dict[str, Any]]]]:
    """Give a function (code, silent=False) -> messages of the cell, for a kernel that works in `folder`."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder))
    client = manager.blocking_client()
    client.start_channels()
    client.allow_stdin = False
    try:
        client.wait_for_ready(timeout=60)
        yield lambda code, silent=False: _messages(client, code, silent)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _messages(client: Any, code: str, silent: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] not in {"status", "execute_input"}:
            found.append({"type": message["msg_type"], **message["content"]})

    reply = client.execute_interactive(code, silent=silent, output_hook=hear, timeout=120)
    return [*found, {"type": "reply", **reply["content"]}]


def text_of(messages: list[dict[str, Any]]) -> str:
    """Give what the messages show: streams, plain values and errors, one after the other."""
    parts = []
    for each in messages:
        if each["type"] == "stream":
            parts.append(each["text"])
        elif each["type"] in {"execute_result", "display_data"}:
            parts.append(each["data"].get("text/plain", ""))
        elif each["type"] == "error":
            parts.append(f"{each['ename']}: {each['evalue']}")
    return "\n".join(parts)
