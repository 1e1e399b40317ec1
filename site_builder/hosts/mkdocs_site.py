"""A built course becomes a site: MkDocs builds the editions in parts, which several processes share."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.exceptions import ConfigurationError

from site_builder.data_files import assets_folder
from site_builder.diagnostics.diagnostic import Finding
from site_builder.hosts.edition import EditionFrame, Part, parts
from site_builder.hosts.media_files import copy_media
from site_builder.hosts.mkdocs_config import load
from site_builder.hosts.mkdocs_plugin import CoursePlugin
from site_builder.hosts.output_files import FOLDER, copy_outputs
from site_builder.hosts.search_index import sample_words, unfound
from site_builder.hosts.site_folder import merge
from site_builder.hosts.sitemap import edition_path, sitemap
from site_builder.hosts.templates import compile_all, environment
from site_builder.keep.workers import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from site_builder.hosts.edition_view import EditionView
    from site_builder.pipeline import Build, Progress

Unfound = list[tuple[str, str]]


def write_site(build: Build, staging: Path, jobs: int, progress: Progress) -> list[Finding]:
    """Write the site of `build` into `staging`, an empty folder, in `jobs` processes.

    Returns:
        What is wrong with the files that it shows, and what its search does not find.

    Raises:
        mkdocs.exceptions.ConfigurationError: the look that `mkdocs.yml` asks for is refused by MkDocs.
    """
    with tempfile.TemporaryDirectory(prefix="course-") as empty:
        config = load(build.course, Path(empty))
        try:
            missed = _build_editions(build, config, staging, jobs, progress)
        except TemplateError as error:
            raise _author_fault(config, error) from error
    refused = _add_files(build, staging)
    return [*refused, *chain(*(_search_findings(build, each, words) for each, words in missed.items()))]


def _author_fault(config: MkDocsConfig, error: TemplateError) -> Exception:
    """Give the exception for an `error` in a template: the author's where there are templates of an author."""
    if config.theme._custom_dir:  # noqa: SLF001 - MkDocs tells it nowhere else
        return ConfigurationError(f"mkdocs.yml: a template of `custom_dir` cannot be used: {error}")
    return error


def _build_editions(
    build: Build, config: MkDocsConfig, staging: Path, jobs: int, progress: Progress
) -> dict[str, Unfound]:
    """Build all editions into `staging`, in parts that several processes share."""
    shares = parts(build.course, jobs)
    _current[:] = [_Site(build, config, staging)]
    EditionFrame(build, shares[0]).dress(config)
    compile_all(environment(config.theme))
    missed: dict[str, Unfound] = {}
    for done, (part, unfound_words) in enumerate(_results(shares, jobs), 1):
        missed.setdefault(part.language, []).extend(unfound_words)
        merge(_part_folder(staging, part), staging / edition_path(build.course, part.language))
        progress("Publishing", done, len(shares))
    return missed


def _results(shares: Sequence[Part], jobs: int) -> Iterator[tuple[Part, Unfound]]:
    """Build the parts and give what each of them misses, in their order."""
    if jobs == 1 or len(shares) == 1 or not hasattr(os, "fork"):
        yield from ((part, _build_part(part)) for part in shares)
        return
    with ProcessPoolExecutor(min(jobs, len(shares)), get_context("fork"), end_with_parent) as pool:
        yield from zip(shares, pool.map(_build_part, shares), strict=True)


def _part_folder(staging: Path, part: Part) -> Path:
    # Each part has a folder of its own at first: MkDocs empties the folder that it writes to.
    return staging / f".{part.language}.{part.number}"


@dataclass
class _Site:
    """What the forked workers inherit: nothing of it is sent to them."""

    build: Build
    config: MkDocsConfig
    staging: Path
    views: dict[str, EditionView] = field(default_factory=dict)


_current: list[_Site] = []


def _build_part(part: Part) -> Unfound:
    """Build a part of an edition with MkDocs, in this process."""
    site = _current[-1]
    frame = EditionFrame(site.build, part, site.views)
    plugin = site.config.plugins["course"]
    assert isinstance(plugin, CoursePlugin)  # noqa: S101 - `load` has put it there
    plugin.frame = frame
    site.config.site_dir = str(_part_folder(site.staging, part))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    build_with_mkdocs(site.config)
    return _self_test(frame)


def _self_test(frame: EditionFrame) -> Unfound:
    """Look in the edition's search index for words of each of its pages."""
    own = [page for page in frame.part.pages if not page.is_fallback]
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


def _add_files(build: Build, staging: Path) -> list[Finding]:
    """Add what all editions share: our styles and scripts, the course's files, those that cells made, the sitemap.

    Returns:
        What is wrong with these files.
    """
    for entry in assets_folder().iterdir():
        if entry.is_dir() and entry.name != "theme":
            shutil.copytree(entry, staging / "assets" / entry.name, dirs_exist_ok=True)
    refused = [*copy_media(build, staging / "media"), *copy_outputs(build, staging / FOLDER)]
    address = build.course.settings.address
    if address:
        (staging / "sitemap.xml").write_text(
            sitemap(build.course, address.rstrip("/") + "/"), encoding="utf-8"
        )
    return refused
