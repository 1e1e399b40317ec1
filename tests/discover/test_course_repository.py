"""A clone tells where its repository is, and no secret of its remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_builder.discover.course_repository import web_address, with_repository
from site_builder.model.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """[core]
\tbare = false
[remote "upstream"]
\turl = https://host.example/other/course
[remote "origin"]
\tfetch = +refs/heads/*:refs/remotes/origin/*
\turl = {}
[branch "main"]
\tremote = origin
"""


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://host.example/owner/name.git", "https://host.example/owner/name"),
        ("https://host.example/owner/name", "https://host.example/owner/name"),
        ("https://user:secret@host.example/owner/name.git", "https://host.example/owner/name"),
        ("git@host.example:owner/name.git", "https://host.example/owner/name"),
        ("ssh://git@host.example/owner/name", "https://host.example/owner/name"),
        ("ssh://git@host.example:2222/owner/name.git", "https://host.example/owner/name"),
        ("../elsewhere", ""),
        ("file:///srv/course.git", ""),
        ("https://host.example/owner/na<me", ""),
    ],
)
def test_a_remote_has_a_page_on_the_web(remote: str, address: str) -> None:
    assert web_address(remote) == address


def _clone(folder: Path, remote: str, head: str) -> Path:
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text(CONFIG.format(remote))
    (folder / ".git" / "HEAD").write_text(head)
    return folder


def test_origin_and_branch_are_taken_from_the_clone(tmp_path: Path) -> None:
    clone = _clone(tmp_path, "git@host.example:owner/name.git", "ref: refs/heads/next/one\n")
    found = with_repository(Settings(), clone)
    assert (found.repository, found.branch) == ("https://host.example/owner/name", "next/one")


def test_a_detached_head_keeps_the_setting(tmp_path: Path) -> None:
    clone = _clone(tmp_path, "https://host.example/owner/name", "55beb9b\n")
    assert with_repository(Settings(branch="dev"), clone).branch == "dev"


def test_what_an_author_set_wins(tmp_path: Path) -> None:
    clone = _clone(tmp_path, "https://host.example/owner/name", "ref: refs/heads/main\n")
    settings = Settings(repository="https://host.example/mine", branch="b")
    assert with_repository(settings, clone) == settings


def test_no_clone_has_no_repository(tmp_path: Path) -> None:
    assert with_repository(Settings(), tmp_path) == Settings()
