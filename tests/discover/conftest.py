"""A course folder made from a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from course_folder import write

from site_builder.discover.stage import discover

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.model.course import Course


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., tuple[Course, tuple[Finding, ...]]]:
    """A function (files: path -> text, overrides) -> what discover finds in a course of those files."""

    def course(files: dict[str, str | bytes], **overrides: object) -> tuple[Course, tuple[Finding, ...]]:
        folder = tmp_path / "course"
        folder.mkdir(exist_ok=True)
        write(folder, files)
        return discover(folder, overrides)

    return course
