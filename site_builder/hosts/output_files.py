"""The pictures and sounds that cells made: taken out of the notebooks that hold them, as files of the site."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding
from site_builder.discover.folder_tree import refusal
from site_builder.model.notebook import made_files, output_of
from site_builder.model.source import Source
from site_builder.render.drawings import drawing_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from site_builder.model.artifact import Body
    from site_builder.model.notebook import MadeFile
    from site_builder.pipeline import Build

FOLDER = "outputs"
"""Where they lie, from the site's root."""

_NAME = re.compile(r"[0-9a-f]{24}\.[a-z0-9]{3,4}")


def wanted_files(bodies: Iterable[Body]) -> dict[str, set[str]]:
    """Give the names of the files that `bodies` show, by the notebook that holds them."""
    wanted: dict[str, set[str]] = {}
    for body in bodies:
        for name, notebook in body.made:
            wanted.setdefault(notebook, set()).add(name)
    return wanted


def copy_outputs(build: Build, target: Path) -> list[Finding]:
    """Write the files that pages show into `target`, each notebook read once, and tell what is not there any more."""
    findings = []
    written: set[str] = set()
    for notebook, names in sorted(wanted_files(build.bodies.values()).items()):
        found = files_in(build.course.folder, notebook, names - written)
        for file in found:
            target.mkdir(parents=True, exist_ok=True)
            (target / file.name).write_bytes(file.content)
            written.add(file.name)
        if names - written:
            message = f"`{notebook}` has changed while the site was made: a picture or a sound is missing"
            findings.append(Finding("kept-run", Source(notebook, "").whole, message, "build the site again"))
    return findings


def outputs_beside(build: Build, name: str) -> dict[str, MadeFile]:
    """Give the file of that name and the others that its notebook holds for pages, by name; nothing where no page shows it."""
    if not _NAME.fullmatch(name):
        return {}
    for notebook, names in wanted_files(build.bodies.values()).items():
        found = files_in(build.course.folder, notebook, names) if name in names else []
        if any(file.name == name for file in found):
            return {file.name: file for file in found}
    return {}


def files_in(folder: Path, notebook: str, names: set[str]) -> list[MadeFile]:
    """Give those files of a notebook whose names are asked for.

    A name is made from a file's content, so that nothing else can come under it.

    Args:
        folder: the real course folder.
        notebook: the notebook's path in it; one that leads out of the folder, or cannot be read, has no files.
        names: the names.
    """
    if not names or refusal(folder, notebook):
        return []
    try:
        stored = json.loads((folder / notebook).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    found = {file.name: file for file in _files(stored) if file.name in names}
    return [file for file in found.values() if not _is_refused(file)]


def _files(notebook: Any) -> Iterator[MadeFile]:  # noqa: ANN401 - any JSON at all
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        for output in outputs if isinstance(outputs, list) else ():
            if isinstance(output, dict):
                yield from made_files(output_of(output))


def _is_refused(file: MadeFile) -> bool:
    """Whether the file is a drawing that does something; no page shows one, so that this is the second door."""
    return file.kind.endswith("+xml") and bool(drawing_fault(file.content))
