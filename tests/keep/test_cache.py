"""What is kept comes back; what is damaged counts as missing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from site_builder.keep.cache import Cache, key_of
from site_builder.keep.page_record import Facts, FindingRecord

if TYPE_CHECKING:
    from pathlib import Path

FACTS = Facts(("a", "b"), ("../x",), (FindingRecord("dead-link", ("p.mdx", 3, 9), "no page `x`", "", ()),))


def test_a_kept_value_comes_back(tmp_path: Path) -> None:
    Cache(tmp_path / "kept").put({"k": FACTS})
    assert Cache(tmp_path / "kept").get(["k", "other"], Facts) == {"k": FACTS}


def test_nothing_is_kept_without_a_file() -> None:
    kept = Cache(None)
    kept.put({"k": FACTS})
    assert kept.get(["k"], Facts) == {}


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_bytes(b"this is no database" * 500)
    kept = Cache(file)
    assert kept.get(["k"], Facts) == {}
    kept.put({"k": FACTS})
    assert kept.get(["k"], Facts) == {"k": FACTS}


def test_a_damaged_value_counts_as_missing(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept")
    kept.put({"k": FACTS, "l": FACTS})
    with sqlite3.connect(tmp_path / "kept") as store:
        value = bytearray(store.execute("SELECT value FROM kept WHERE key = 'k'").fetchone()[0])
        value[-1] ^= 1
        store.execute("UPDATE kept SET value = ? WHERE key = 'k'", (bytes(value),))
    assert kept.get(["k", "l"], Facts) == {"l": FACTS}


def test_a_value_of_another_kind_counts_as_missing(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "kept")
    kept.put({"k": ["no", "facts"]})
    assert kept.get(["k"], Facts) == {}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Cache(tmp_path / "file" / "kept")
    kept.put({"k": FACTS})
    assert kept.get(["k"], Facts) == {}


def test_keys_tell_their_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("a", 1) == key_of("a", 1)
