"""A built course becomes the site in a folder, unless it is there already; no MkDocs is loaded for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.hosts.site_folder import refuse_to_replace, staging_folder, swap
from site_builder.hosts.site_record import recorded, remember, site_key
from site_builder.keep.page_record import recall, records_of
from site_builder.keep.workers import usable_cores
from site_builder.pipeline import silent

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.diagnostics.diagnostic import Finding
    from site_builder.pipeline import Build, Progress


def publish(
    build: Build, destination: Path, *, jobs: int | None = None, progress: Progress = silent
) -> tuple[Finding, ...]:
    """Write the site of `build` into `destination`, and tell what its search does not find.

    The site is written into a folder beside it, which takes its place when all is well: whoever stops
    a build finds the old site whole.

    Raises:
        mkdocs.exceptions.ConfigurationError: `mkdocs.yml` is refused by MkDocs.
        FileExistsError: `destination` is not empty and is no site, or holds more than a site.
        NotADirectoryError: `destination` is a file.
    """
    refuse_to_replace(destination, build.course.folder)
    destination = destination.resolve()  # a link to a folder stays a link
    key = site_key(build)
    sources = {page.source.path: page.source for each in build.course.editions for page in each.pages}
    if record := recorded(build.kept, destination, key):
        return recall(record.findings, sources)
    from site_builder.hosts.mkdocs_site import write_site  # noqa: PLC0415 - a site that is there needs no MkDocs

    destination.parent.mkdir(parents=True, exist_ok=True)
    with staging_folder(destination) as staging:
        findings = write_site(build, staging, jobs or usable_cores(), progress)
        swap(staging, destination)
    remember(build.kept, destination, key, records_of(findings))
    return tuple(findings)
