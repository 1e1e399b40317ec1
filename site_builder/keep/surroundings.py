"""What a run of a page would depend on now: code, files, kernel and versions around it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.execute.kernels.environment import Environment, KernelUnknown, digest_of, environment_of
from site_builder.execute.stand_ins.before_cells import STAND_INS_FILE
from site_builder.execute.stand_ins.laid_files import named_by
from site_builder.model.run import Depends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from site_builder.keep.page_cells import PageCells
    from site_builder.model.course import Course
    from site_builder.model.run import Pairs


@dataclass(frozen=True)
class Surroundings:
    """A course's files and kernels. `environments` are by kernel; `unknown` tells for kernels that there are not why."""

    course: Course
    environments: Mapping[str, Environment]
    unknown: Mapping[str, str]
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def stand_ins(self) -> Path | None:
        """The folder of the stand-ins, absolute; `None` where the settings name none, or there is none."""
        name = self.course.settings.stand_ins.strip("/")
        folder = self.course.folder / name
        return folder if name and folder.is_dir() else None

    def kernel_of(self, page: PageCells) -> str:
        """Give the name of the kernel that a page runs in."""
        return page.controls.kernel or self.course.settings.kernel

    def lock_of(self, page: PageCells) -> str:
        """Give a page's lock file, relative to the course folder; empty where there is none."""
        return page.controls.environment or self.course.settings.environment

    def packages(self, page: PageCells, names: Iterable[str]) -> Pairs:
        """Give the packages behind the modules `names` in the page's kernel, with their versions."""
        found = self.environments.get(self.kernel_of(page))
        return found.of(names) if found else ()

    def digest(self, folder: Path, path: str) -> str:
        """Give a file's digest, each read once; an empty string where there is none."""
        file = folder / path
        known = os.fspath(file)
        if known not in self.digests:
            self.digests[known] = digest_of(file)
        return self.digests[known]


def surroundings(course: Course, pages: Iterable[PageCells]) -> Surroundings:
    """Look at the kernels that `pages` run in."""
    names: dict[str, set[str]] = {}
    for page in pages:
        names.setdefault(page.controls.kernel or course.settings.kernel, set()).update(page.imports)
    found: dict[str, Environment] = {}
    unknown: dict[str, str] = {}
    for kernel, modules in names.items():
        try:
            found[kernel] = environment_of(kernel, modules)
        except KernelUnknown as reason:
            unknown[kernel] = str(reason)
    return Surroundings(course, found, unknown)


def depends_now(
    chain: Sequence[PageCells], around: Surroundings, files: Iterable[str] = (), stand_ins: Iterable[str] = ()
) -> Depends:
    """Give what a run of the last page of `chain` depends on.

    Args:
        chain: the pages that it goes on from, in order, and the page.
        around: what is there.
        files: paths of the course's files that it is known to read; those that its code names are found.
        stand_ins: likewise of the stand-ins' files.
    """
    page, folder = chain[-1], around.course.folder
    kernel = around.kernel_of(page)
    environment = around.environments.get(kernel)
    lock = around.lock_of(page)
    imports = {name for each in chain for name in each.imports}
    paths = sorted({*files, *_named(chain, folder)})
    return Depends(
        code=page.digest,
        after=tuple(sorted((each.task.page, each.digest) for each in chain[:-1])),
        files=tuple((path, around.digest(folder, path)) for path in paths),
        stand_ins=_stand_ins(chain, around, stand_ins),
        kernel=f"{kernel} {environment.python}".strip() if environment else kernel,
        environment=((lock, around.digest(folder, lock)),) if lock else around.packages(page, imports),
    )


def _named(chain: Sequence[PageCells], folder: Path) -> set[str]:
    """Give the files beside the pages that their code names, relative to the course folder."""
    found: set[str] = set()
    for page in chain:
        for word in page.words:
            path = word.removeprefix("./").rstrip("/")
            parts = path.split("/")
            if path and not path.startswith("/") and ".." not in parts and not parts[-1].startswith("."):
                folders = (page.task.folder, page.task.original)
                places = (f"{each}/{path}" for each in folders if each)
                found.update(filter(lambda inside: _is_file(folder, inside), places))
    return found


def _is_file(folder: Path, path: str) -> bool:
    """Tell whether there is such a file in the course; a link that leads out of it has nothing that runs could read."""
    try:
        return (folder / path).is_file() and (folder / path).resolve().is_relative_to(folder)
    except (OSError, ValueError):
        return False


def _stand_ins(chain: Sequence[PageCells], around: Surroundings, known: Iterable[str]) -> Pairs:
    folder = around.stand_ins
    if folder is None:
        return tuple((path, "") for path in sorted(set(known)))
    words = {word for page in chain for word in page.words}
    first = [STAND_INS_FILE] if (folder / STAND_INS_FILE).is_file() else []
    paths = sorted({*known, *named_by(words, folder), *first})
    return tuple((path, around.digest(folder, path)) for path in paths)
