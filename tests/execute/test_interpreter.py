"""The folders that a kernel's interpreter needs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.execute.kernels.interpreter import folders_of

if TYPE_CHECKING:
    import pytest


def test_an_environment_and_what_it_was_made_from() -> None:
    found = folders_of(sys.executable)
    for prefix in {sys.prefix, sys.base_prefix}:
        assert Path(prefix) in found or Path(prefix).is_relative_to("/usr")
    assert Path("/") not in found
    assert Path.home() not in found


def test_links_are_followed_step_by_step(tmp_path: Path) -> None:
    real = tmp_path / "real" / "bin"
    real.mkdir(parents=True)
    (real / "tool").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "named").symlink_to("real")
    (tmp_path / "used" / "bin").mkdir(parents=True)
    (tmp_path / "used" / "bin" / "tool").symlink_to("../../named/bin/tool")
    assert set(folders_of(str(tmp_path / "used" / "bin" / "tool"))) == {
        tmp_path / name for name in ("used", "named", "real")
    }


def test_a_home_is_not_given_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("bin", "lib", "letters"):
        (tmp_path / name).mkdir()
    (tmp_path / "bin" / "tool").write_text("#!/bin/sh\n", encoding="utf-8")
    assert set(folders_of(str(tmp_path / "bin" / "tool"))) == {tmp_path / "bin", tmp_path / "lib"}


def test_the_system_needs_no_folder() -> None:
    assert folders_of("/usr/bin/env") == ()
    assert os.path.exists("/usr/bin/env")  # noqa: PTH110 - a program of the system
