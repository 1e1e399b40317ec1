"""A built course becomes a site: an edition a process, written beside the old site and put in its place at the end."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from ctypes import CDLL
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import build as build_with_mkdocs

from site_builder.data_files import assets_folder
from site_builder.diagnostics.diagnostic import Finding
from site_builder.hosts.edition import EditionFrame
from site_builder.hosts.mkdocs_config import load
from site_builder.hosts.mkdocs_plugin import CoursePlugin
from site_builder.hosts.search_index import sample_words, unfound
from site_builder.hosts.site_record import recorded, remember, site_key
from site_builder.hosts.sitemap import edition_path, sitemap
from site_builder.hosts.templates import compile_all, environment
from site_builder.keep.page_work import recall, records_of
from site_builder.keep.workers import usable_cores
from site_builder.pipeline import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from site_builder.pipeline import Build, Progress

Unfound = list[tuple[str, str]]
_ORIGINAL = ".original"
_EXCHANGE = 2
_HERE = -100


def publish(
    build: Build, destination: Path, *, jobs: int | None = None, progress: Progress = silent
) -> tuple[Finding, ...]:
    """Write the site of `build` into `destination`, and tell what its search does not find.

    The site is written into a folder beside it, which takes its place when all is well: whoever stops
    a build finds the old site whole.

    Raises:
        mkdocs.exceptions.ConfigurationError: `mkdocs.yml` is refused by MkDocs.
        FileExistsError: `destination` is not empty and is no site.
    """
    _refuse_to_replace(destination)
    key = site_key(build)
    sources = {page.source.path: page.source for each in build.course.editions for page in each.pages}
    if record := recorded(build.kept, destination, key):
        return recall(record.findings, sources)
    destination.parent.mkdir(parents=True, exist_ok=True)
    with _staging(destination) as staging:
        languages = [edition.language for edition in build.course.editions]
        with tempfile.TemporaryDirectory(prefix="course-") as empty:
            config = load(build.course, Path(empty))
            missed = _build_editions(build, config, staging, languages, jobs or usable_cores(), progress)
        _add_files(build, staging)
        swap(staging, destination)
    findings = [
        finding for language in languages for finding in _search_findings(build, language, missed[language])
    ]
    remember(build.kept, destination, key, records_of(findings))
    return tuple(findings)


def _build_editions(
    build: Build, config: MkDocsConfig, staging: Path, languages: Sequence[str], jobs: int, progress: Progress
) -> dict[str, Unfound]:
    """Build each edition into its folder below `staging`, the original first: it cleans that folder."""
    _current[:] = [_Site(build, config, staging)]
    EditionFrame(build, languages[0]).dress(config)
    compile_all(environment(config.theme))
    total = len(languages)
    missed: dict[str, Unfound] = {}
    if jobs == 1 or total == 1 or not hasattr(os, "fork"):
        for language in languages:
            missed[language] = _build_edition(language)
            progress("Publishing", len(missed), total)
    else:
        with ProcessPoolExecutor(min(jobs, total), get_context("fork")) as pool:
            futures = {pool.submit(_build_edition, language): language for language in languages}
            for future in as_completed(futures):
                missed[futures[future]] = future.result()
                progress("Publishing", len(missed), total)
    for entry in (staging / _ORIGINAL).iterdir():
        entry.rename(staging / entry.name)
    (staging / _ORIGINAL).rmdir()
    return missed


@dataclass
class _Site:
    """What the forked workers inherit: nothing of it is sent to them."""

    build: Build
    config: MkDocsConfig
    staging: Path


_current: list[_Site] = []


def _build_edition(language: str) -> Unfound:
    """Build one edition with MkDocs, in this process."""
    site = _current[-1]
    frame = EditionFrame(site.build, language)
    plugin = site.config.plugins["course"]
    assert isinstance(plugin, CoursePlugin)  # noqa: S101 - `load` has put it there
    plugin.frame = frame
    # The original, too, has a folder of its own at first: MkDocs empties the folder that it writes to.
    site.config.site_dir = str(site.staging / (edition_path(site.build.course, language) or _ORIGINAL))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build_with_mkdocs(site.config)
    return _self_test(frame)


def _self_test(frame: EditionFrame) -> Unfound:
    """Look in the edition's search index for words of each of its pages."""
    own = [page for page in frame.edition.pages if not page.is_fallback]
    samples = {
        f"{page.address}/": sample_words(frame.build.bodies[frame.language, page.id].html) for page in own
    }
    return unfound((doc for page in own for doc in frame.search_docs(page)), samples)


def _search_findings(build: Build, language: str, missed: Unfound) -> Iterator[Finding]:
    pages = {f"{page.address}/": page for page in build.course.edition(language).pages}
    for location, word in missed:
        span = pages[location].source.whole.find(word)
        yield Finding(
            "not-found-by-search",
            span,
            f"the search in `{language}` does not find `{word}`",
            "please report this",
        )


def _add_files(build: Build, staging: Path) -> None:
    """Add what all editions share: our styles and scripts, the course's files, the sitemap."""
    for entry in assets_folder().iterdir():
        if entry.is_dir() and entry.name != "theme":
            shutil.copytree(entry, staging / "assets" / entry.name, dirs_exist_ok=True)
    for path in sorted({path for body in build.bodies.values() for path in body.files} & build.course.files):
        target = staging / "media" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(build.course.folder / path, target)
    address = build.course.settings.address
    if address:
        (staging / "sitemap.xml").write_text(
            sitemap(build.course, address.rstrip("/") + "/"), encoding="utf-8"
        )


def _refuse_to_replace(destination: Path) -> None:
    """Refuse to delete a folder that no build has made."""
    if destination.exists() and any(destination.iterdir()) and not (destination / "search").is_dir():
        raise FileExistsError(
            f"`{destination}` is not empty and holds no site: name another folder, or empty it yourself"
        )


@contextmanager
def _staging(destination: Path) -> Iterator[Path]:
    """Give a new folder beside `destination`, and leave none behind."""
    for old in destination.parent.glob(f".{destination.name}.*.new"):
        if not _is_running(old.name.split(".")[-3]):
            shutil.rmtree(old, ignore_errors=True)
    staging = destination.with_name(f".{destination.name}.{os.getpid()}.new")
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, OSError):
        return False
    return True


def swap(staging: Path, destination: Path) -> None:
    """Put `staging` in the place of `destination`, and delete what was there.

    Linux exchanges the two in one step (renameat2); elsewhere there is a moment without `destination`.
    """
    if not destination.exists():
        staging.rename(destination)
    elif not _exchange(staging, destination):
        old = destination.with_name(f".{destination.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        destination.rename(old)
        staging.rename(destination)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    with suppress(OSError, AttributeError):
        rename = CDLL(None, use_errno=True).renameat2
        return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False
