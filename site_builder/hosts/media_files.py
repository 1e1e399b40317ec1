"""The course's files that pages show: which of them may be published, and where they go."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.source import Source
from site_builder.render.drawings import LARGEST, drawing_fault

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.pipeline import Build


def copy_media(build: Build, target: Path) -> list[Finding]:
    """Copy the files that pages show into `target`, and tell which were refused."""
    refused = []
    for path in sorted({path for body in build.bodies.values() for path in body.files} & build.course.files):
        file = build.course.folder / path
        if reason := refusal_of(file):
            message = f"`{path}` is not published: {reason}"
            refused.append(
                Finding("unsafe-file", Source(path, "").whole, message, "save it as plain SVG, or as PNG")
            )
            continue
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target / path)
    return refused


def refusal_of(file: Path) -> str:
    """Say why `file` may not be published; an empty string where it may. Only SVG is looked into."""
    if file.suffix.lower() not in {".svg", ".xml"}:
        return ""
    try:
        with file.open("rb") as opened:
            return drawing_fault(opened.read(LARGEST + 1))
    except OSError as error:
        return f"it cannot be read as SVG ({error})"
