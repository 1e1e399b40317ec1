"""Kept runs on disk: written whole or not at all, brought up to date where only a page's text changed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from site_builder.execute.kept.kept_runs import notebook_text, notebook_with
from site_builder.keep.cache import key_of
from site_builder.keep.notebook_texts import notebook_key, notebook_texts
from site_builder.model.run import SKIPPED, CellRun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from site_builder.keep.cache import Cache
    from site_builder.keep.run_plan import PlannedPage
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Course, Page
    from site_builder.model.run import Run

    Finish = Callable[[Page, str], str]


@dataclass(frozen=True)
class RunFiles:
    """The kept runs of a course, and what they are written with.

    `atlases` and their `digests` are by language; `finish` puts words and roots into the marks of a page's notebook.
    """

    course: Course
    atlases: Mapping[str, Atlas]
    digests: Mapping[str, str]
    kept: Cache
    finish: Finish

    def write(self, plan: PlannedPage, run: Run) -> None:
        """Write what a page's run gave.

        Raises:
            OSError: The file cannot be written, or would lie outside the course.
        """
        key = notebook_key(plan.page, self.digests[plan.page.language])
        marked = notebook_texts([plan.page], [key], self.atlases, self.kept)[key]
        text = notebook_text(notebook_with(run, json.loads(self.finish(plan.page, marked))))
        if plan.was_renamed or _bytes(plan) != text.encode():
            write_whole(self.course.folder, plan.path, text)
        if plan.file is not None and plan.was_renamed:
            plan.file.file.unlink(missing_ok=True)
        digest = blake2b(text.encode(), digest_size=16).hexdigest()
        self.kept.put({self._mark(plan, digest): True})

    def refresh(self, plans: Sequence[PlannedPage]) -> list[PlannedPage]:
        """Bring the kept runs of pages up to date whose text, name or links changed; give those that were written."""
        marks = {self._mark(plan, plan.file.digest): plan for plan in plans if plan.file}
        known = self.kept.get(marks, bool)
        changed = []
        for plan in (plan for mark, plan in marks.items() if mark not in known):
            before = _bytes(plan)
            self.write(plan, with_new_text(plan.run(), plan))
            if plan.was_renamed or _bytes(plan) != before:
                changed.append(plan)
        return changed

    def _mark(self, plan: PlannedPage, digest: str) -> str:
        """Give the key that says: the kept run of this digest has the page's text as it is now."""
        text = notebook_key(plan.page, self.digests[plan.page.language])
        names = tuple(each.task.page for each in plan.chain)
        return key_of("written", text, digest, plan.path, names, self.course.settings)


def with_new_text(run: Run, plan: PlannedPage) -> Run:
    """Give an up to date run with the code as it is written now, and the names that pages have now; what came out stays."""
    ran = (cell for cell in run.cells if cell.state != SKIPPED)
    cells = tuple(
        CellRun(task.key, task.code, SKIPPED, reason=task.skip)
        if task.skip
        else replace(next(ran), code=task.code)
        for task in plan.cells.task.cells
    )
    after = tuple(sorted((each.task.page, each.digest) for each in plan.chain[:-1]))
    return replace(run, page=plan.page.id, cells=cells, depends=replace(run.depends, after=after))


def _bytes(plan: PlannedPage) -> bytes:
    try:
        return plan.file.file.read_bytes() if plan.file else b""
    except OSError:
        return b""


def write_whole(folder: Path, path: str, text: str) -> None:
    """Write a file of the course so that it is never there in part.

    Raises:
        OSError: It cannot be written; PermissionError where a link leads it out of the course folder.
    """
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise PermissionError(1, "a link leads out of the course folder", str(folder / path))
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        if file.exists():
            draft.chmod(file.stat().st_mode)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
