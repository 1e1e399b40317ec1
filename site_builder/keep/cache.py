"""Computed values on disk, each under a key of everything that it depends on."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing, suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = TypeVar("Value")

_CHECKSUM = 16
_MOST_BYTES = 512 * 2**20
_LIBRARIES = (
    "markdown-it-py",
    "mdit-py-plugins",
    "pygments",
    "nh3",
    "latex2mathml",
    "json5",
)


class Cache:
    """A table of values in one SQLite file.

    It lies in the user's cache folder and never in a course, where a contributor could put one. A file or a value that is
    damaged counts as missing and is made again. Values are msgpack behind a checksum: reading one
    runs no code.
    """

    def __init__(self, file: Path | None) -> None:
        """Open the cache in `file`; `None` keeps nothing."""
        self._file = file

    @classmethod
    def of_course(cls, folder: Path) -> Cache:
        """Give the cache of the course in `folder`."""
        return cls(cls.place_of(folder) / "kept.sqlite3")

    @staticmethod
    def place_of(folder: Path) -> Path:
        """Give the place for what is kept of the course in `folder`; the environment's `COURSE_CACHE` names another one."""
        place = os.environ.get("COURSE_CACHE")
        root = Path(place) if place else user_cache_path("course-site-builder")
        return root / key_of("folder", str(folder.resolve()))[:16]

    def get(self, keys: Iterable[str], kind: type[Value]) -> dict[str, Value]:
        """Give the kept values of those `keys` that are kept and whole."""
        found: dict[str, Value] = {}
        with suppress(sqlite3.Error, OSError), closing(self._open()) as store:
            for key in keys:
                row = store.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    with suppress(msgspec.DecodeError, ValueError, TypeError):
                        found[key] = msgspec.msgpack.decode(_checked(row[0]), type=kind)
            return found
        self.discard()
        return found

    def put(self, values: Mapping[str, Any]) -> None:
        """Keep `values`, all or none; a disk that refuses them is no error."""
        if not values or self._file is None:
            return
        rows = [(key, _with_checksum(msgspec.msgpack.encode(value))) for key, value in values.items()]
        with suppress(sqlite3.Error, OSError), closing(self._open()) as store, store:
            store.executemany("INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)", rows)
            _drop_oldest(store)

    def discard(self) -> None:
        """Delete everything that is kept."""
        if self._file is not None:
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    self._file.with_name(self._file.name + end).unlink()

    def _open(self) -> sqlite3.Connection:
        if self._file is None:
            return _with_table(sqlite3.connect(":memory:"))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _with_table(sqlite3.connect(self._file, timeout=5))
        except sqlite3.DatabaseError:
            self.discard()
            return _with_table(sqlite3.connect(self._file, timeout=5))


def _with_table(store: sqlite3.Connection) -> sqlite3.Connection:
    # What is kept can be computed again: speed matters here, power cuts do not.
    store.execute("PRAGMA synchronous = OFF")
    store.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL)")
    return store


def _drop_oldest(store: sqlite3.Connection) -> None:
    pages, size = (store.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if pages * size > _MOST_BYTES:
        rows = store.execute("SELECT count(*) FROM kept").fetchone()[0]
        store.execute(
            "DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY rowid LIMIT ?)", (rows // 2,)
        )


def _with_checksum(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECKSUM).digest() + value


def _checked(value: bytes) -> bytes:
    if blake2b(value[_CHECKSUM:], digest_size=_CHECKSUM).digest() != value[:_CHECKSUM]:
        raise ValueError("damaged")
    return value[_CHECKSUM:]


def key_of(*parts: object) -> str:
    """Give the key of a value that depends on `parts` (their `repr`) and on this program, 32 digits."""
    digest = blake2b(_program().encode(), digest_size=16)
    for part in parts:
        text = part if isinstance(part, str) else repr(part)
        digest.update(f"\0{len(text)}\0".encode())
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@cache
def _program() -> str:
    """Give a digest of the program's own files and of the versions of what it computes with."""
    here = Path(__file__).parents[1]
    digest = blake2b(sys.version.encode(), digest_size=16)
    for file in sorted(here.rglob("*.py")):
        digest.update(file.relative_to(here).as_posix().encode())
        digest.update(file.read_bytes())
    for name in _LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
