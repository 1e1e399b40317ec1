"""What a site was built from, so that an unchanged course is not built again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.data_files import assets_folder, translations_folder
from site_builder.hosts.mkdocs_file import author_look
from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import FindingRecord  # noqa: TC001 - read by msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from site_builder.pipeline import Build

Stamp = tuple[str, int, int]
"""A file of a site: its path, its size in bytes and when it was last written, in nanoseconds."""


@dataclass(frozen=True)
class SiteRecord:
    """A site as it was left: what it was built from, its files, and what its search does not find."""

    key: str
    files: tuple[Stamp, ...]
    findings: tuple[FindingRecord, ...] = ()


def site_key(build: Build) -> str:
    """Give a digest of all that the site of `build` is made from."""
    folder = build.course.folder
    look = author_look(folder)
    custom = look.get("theme", {}).get("custom_dir")
    shown = sorted({path for body in build.bodies.values() for path in body.files} & build.course.files)
    made = sorted({name for body in build.bodies.values() for name, _ in body.made})
    return key_of(
        build.key,
        look,
        [(name, version(name)) for name in ("mkdocs", "mkdocs-material", "jinja2")],
        _digest([assets_folder(), translations_folder(), *([folder / custom] if custom else [])]),
        list(_stamps(folder, shown)),
        made,
    )


def recorded(kept: Cache, destination: Path, key: str) -> SiteRecord | None:
    """Give the record of the site at `destination` if it was built for `key` and is as it was left."""
    name = _name(destination)
    record = kept.get([name], SiteRecord).get(name)
    if record is None or record.key != key:
        return None
    return record if tuple(_stamps(destination, (each[0] for each in record.files))) == record.files else None


def remember(kept: Cache, destination: Path, key: str, findings: tuple[FindingRecord, ...]) -> None:
    """Keep the record of the site that was just written to `destination`."""
    files = sorted(
        os.path.relpath(Path(folder) / name, destination).replace(os.sep, "/")
        for folder, _, names in os.walk(destination)
        for name in names
    )
    kept.put({_name(destination): SiteRecord(key, tuple(_stamps(destination, files)), findings)})


def _name(destination: Path) -> str:
    return key_of("site", str(destination.resolve()))


def _stamps(folder: Path, paths: Iterable[str]) -> Iterator[Stamp]:
    for path in paths:
        try:
            found = (folder / path).stat()
        except OSError:
            yield path, -1, 0
        else:
            yield path, found.st_size, found.st_mtime_ns


def _digest(folders: Iterable[Path]) -> str:
    digest = blake2b(digest_size=16)
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
