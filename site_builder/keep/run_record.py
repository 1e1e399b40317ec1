"""What a kept run says but for its outputs, kept by its file's digest: large notebooks are read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.keep.cache import Cache, key_of
from site_builder.model.run import FAILED, LOST, Checked, Depends

if TYPE_CHECKING:
    from collections.abc import Sequence

    from site_builder.model.course import RunFile
    from site_builder.model.run import Run


@dataclass(frozen=True)
class CellRecord:
    """What became of a cell, as in `CellRun`."""

    key: str
    state: str
    reason: str = ""


@dataclass(frozen=True)
class RunRecord:
    """A kept run without outputs, or `fault`, the reason why it cannot be used."""

    page: str = ""
    language: str = ""
    cells: tuple[CellRecord, ...] = ()
    depends: Depends = field(default_factory=Depends)
    checked: Checked = field(default_factory=lambda: Checked(""))
    fault: str = ""

    @property
    def failed(self) -> int:
        """How many cells failed or were lost."""
        return sum(cell.state in (FAILED, LOST) for cell in self.cells)


def record_of(run: Run) -> RunRecord:
    """Give the record of a run."""
    cells = tuple(CellRecord(each.key, each.state, each.reason) for each in run.cells)
    return RunRecord(run.page, run.language, cells, run.depends, run.checked)


def read_records(files: Sequence[RunFile], kept: Cache) -> dict[str, RunRecord]:
    """Give the records of kept runs by the paths of their files."""
    keys = {file.path: key_of("run", file.digest) for file in files}
    found = kept.get(keys.values(), RunRecord)
    fresh = {keys[file.path]: _read(file) for file in files if keys[file.path] not in found}
    kept.put(fresh)
    return {path: found.get(key) or fresh[key] for path, key in keys.items()}


def _read(file: RunFile) -> RunRecord:
    from site_builder.execute.kept.kept_runs import KeptRunFault, kept_run  # noqa: PLC0415 - an unchanged course needs none

    try:
        return record_of(kept_run(file.file.read_text("utf-8")))
    except KeptRunFault as fault:
        return RunRecord(fault=fault.reason)
    except (OSError, UnicodeDecodeError):
        return RunRecord(fault="it cannot be read as text")
