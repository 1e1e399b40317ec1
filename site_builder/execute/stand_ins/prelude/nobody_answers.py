"""Questions to a person get an error that says so, instead of an answer that never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType


def asked(*_: Any, **__: Any) -> str:  # noqa: ANN401 - takes what `input` and `getpass` take
    """Stand in for `input` and `getpass`."""
    raise EOFError("this cell asks for input, and nobody is there to answer while a page is run")


def log_in(*_: Any, **__: Any) -> None:  # noqa: ANN401 - takes what any version takes
    """Stand in for the Hub's logins."""
    raise PermissionError("this cell asks for a login, and nobody is there to log in while a page is run")


def prepare(given: dict[str, Any]) -> None:
    """Answer `input`, `getpass` and the Hub's logins."""
    kernel = getattr(given.get("shell"), "kernel", None)
    if kernel is not None:
        kernel.raw_input = kernel.getpass = asked

    def change(module: ModuleType) -> None:
        for name in ("notebook_login", "interpreter_login", "_device_code_login"):
            if hasattr(module, name):
                setattr(module, name, log_in)

    given["after_import"]("huggingface_hub._login", change)
