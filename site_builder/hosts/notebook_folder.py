"""A course becomes a folder of notebooks: every page in every language, and beside them the files that cells read."""

from __future__ import annotations

import json
import posixpath
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.discover.kept_run_files import kept_runs_folder
from site_builder.execute.kept.kept_runs import notebook_text
from site_builder.hosts.interface_words import words_for
from site_builder.hosts.notebook_data import data_files
from site_builder.hosts.notebook_files import Roots, fill, notebook_name, site_roots
from site_builder.keep.cache import Cache
from site_builder.keep.workers import Workers, shares, usable_cores
from site_builder.pipeline import find_atlases, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from site_builder.keep.notebook_pages import PageNotebooks
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Course, Page
    from site_builder.pipeline import Progress

_SHARE = 16


@dataclass
class Written:
    """What was done to a folder of notebooks: paths relative to it. `kept` counts the files that were so already."""

    notebooks: int = 0
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: int = 0


def write_notebooks(
    course: Course,
    output: Path,
    *,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Written:
    """Write the pages of `course` as notebooks into `output`, `<language>/<page id>.ipynb`.

    A file that is so already is not touched. Notebooks that an earlier call wrote and that no page gives any more are removed.

    Raises:
        FileExistsError: `output` holds the course, lies where it has its pages or its kept runs, or has links that lead out of it.
        NotADirectoryError: `output` is a file.
    """
    _refuse(course, output)
    done = Written()
    atlases = find_atlases(course, Cache.of_course(course.folder), jobs=jobs, progress=progress)
    pages = [page for edition in course.editions for page in edition.pages if not page.is_fallback]
    expected: set[str] = set()
    for page, made in _made(pages, atlases, jobs or usable_cores(), progress):
        expected |= set(_write_page(course, page, made, output, done))
    _remove_stale(output, expected, {each.language for each in course.editions}, done)
    return done


def _refuse(course: Course, output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise NotADirectoryError(f"`{output}` is a file: name a folder")
    target, home = output.resolve(), course.folder.resolve()
    if home.is_relative_to(target):
        raise FileExistsError(f"`{output}` holds the course itself: name another folder")
    ours = [home / kept_runs_folder(course.settings, course.root)]
    ours += [home / course.root / edition.language for edition in course.editions]
    if course.root != ".":
        ours.append(home / course.root)
    if any(target.is_relative_to(each) or each.is_relative_to(target) for each in ours):
        raise FileExistsError(
            f"`{output}` is where the course has its pages or its kept runs: name another folder"
        )


def _made(
    pages: Sequence[Page], atlases: Mapping[str, Atlas], jobs: int, progress: Progress
) -> Iterator[tuple[Page, PageNotebooks]]:
    """Make the notebooks of pages, in `jobs` processes."""
    import site_builder.keep.page_work  # noqa: F401, PLC0415 - loaded before processes start

    number = min(jobs, max(1, len(pages) // _SHARE))
    order = shares([len(page.source.text) for page in pages], number)
    done = 0
    with Workers(number) as workers:
        futures = workers.start(_work, [([pages[at] for at in each], atlases) for each in order])
        for share, future in zip(order, futures, strict=True):
            yield from zip((pages[at] for at in share), future.result(), strict=True)
            done += len(share)
            progress("Notebooks", done, len(pages))


def _work(pages: Sequence[Page], atlases: Mapping[str, Atlas]) -> list[PageNotebooks]:
    from site_builder.keep.notebook_pages import make_notebooks  # noqa: PLC0415 - `--help` needs no parser

    return make_notebooks(pages, atlases)


def _write_page(
    course: Course, page: Page, made: PageNotebooks, output: Path, done: Written
) -> Iterator[str]:
    """Write a page's notebooks and the files that its cells read; give the paths of the notebooks."""
    words, roots = words_for(page.language), _roots(course, page.language)
    folder = posixpath.dirname(f"{page.language}/{page.id}")
    for framework, text in made.notebooks:
        path = posixpath.join(folder, notebook_name(page.id, framework))
        _write(output, path, notebook_text(json.loads(fill(text, words, roots))).encode(), done)
        done.notebooks += 1
        yield path
    for name, source in sorted(data_files(course, page, made.literals)):
        _write(output, posixpath.join(folder, name), source.read_bytes(), done)


_known: dict[tuple[int, str], Roots] = {}


def _roots(course: Course, language: str) -> Roots:
    key = id(course), language
    if key not in _known:
        _known.clear()
        _known[key] = site_roots(course, language)
    return _known[key]


def _write(output: Path, path: str, content: bytes, done: Written) -> None:
    file = output / path
    with suppress(OSError):
        if file.read_bytes() == content:
            done.kept += 1
            return
    if not file.parent.resolve().is_relative_to(output.resolve()):
        raise FileExistsError(f"`{file.parent}` is a link that leads out of `{output}`")
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.new")
    draft.write_bytes(content)
    shutil.move(draft, file)
    done.written.append(path)


def _remove_stale(output: Path, expected: set[str], languages: set[str], done: Written) -> None:
    """Remove the notebooks that an earlier call wrote for these languages; what is not ours stays."""
    for language in sorted(languages):
        for file in sorted((output / language).rglob("*.ipynb")):
            path = file.relative_to(output).as_posix()
            if path not in expected and not file.is_symlink() and _is_ours(file, language):
                file.unlink()
                done.removed.append(path)


def _is_ours(file: Path, language: str) -> bool:
    """Tell whether this program wrote a notebook, and not as a kept run, which has a digest."""
    try:
        metadata = json.loads(file.read_bytes())["metadata"]["course"]
        return metadata["language"] == language and "page" in metadata and "digest" not in metadata
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
