"""A clone to the repository that it was made from: its page on the web, and the branch."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.settings import Settings

_REMOTE = re.compile(
    r'^\[remote "origin"\]\s*\n(?:(?!\[)[^\n]*\n)*?[ \t]*url[ \t]*=[ \t]*(\S+)', re.MULTILINE
)
_WEB = re.compile(r"https?://(?:[^@/\s]*@)?([\w.-]+(?::\d+)?/[\w./~-]+?)(?:\.git)?/?")
_SHELL = re.compile(r"(?:ssh://)?[\w.-]+@([\w.-]+)(?::(?!\d+/)|(?::\d+)?/)([\w./~-]+?)(?:\.git)?/?")
_BRANCH = re.compile(r"ref: refs/heads/(\S+)\s*")


def with_repository(settings: Settings, folder: Path) -> Settings:
    """Fill in `repository` and `branch` from the clone that `folder` is, where nobody has set a repository.

    Names and passwords that stand in a remote's URL are left out.
    """
    if settings.repository:
        return settings
    remote = _REMOTE.search(_text(folder, ".git/config"))
    address = web_address(remote[1]) if remote else ""
    if not address:
        return settings
    head = _BRANCH.fullmatch(_text(folder, ".git/HEAD"))
    return replace(settings, repository=address, branch=head[1] if head else settings.branch)


def web_address(remote: str) -> str:
    """Give the page on the web of a remote such as `git@host:owner/name.git`; nothing where that cannot be told."""
    if found := _WEB.fullmatch(remote):
        return f"https://{found[1]}"
    found = _SHELL.fullmatch(remote)
    return f"https://{found[1]}/{found[2]}" if found else ""


def _text(folder: Path, path: str) -> str:
    file = folder / path
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return ""
    return file.read_bytes()[:100_000].decode("utf-8", "replace")


def place_in_clone(folder: Path) -> str:
    """Give the way from the root of the clone that holds `folder` to it, with a slash at its end; empty where it is the root."""
    home = folder.resolve()
    for each in (home, *home.parents):
        if (each / ".git").exists():
            return "" if each == home else f"{home.relative_to(each).as_posix()}/"
    return ""
