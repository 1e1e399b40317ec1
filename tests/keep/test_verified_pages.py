"""What came out, written into a chapter's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_builder.execute.verified.verify import Difference, Verified
from site_builder.keep.run_plan import PlannedPage
from site_builder.keep.verified_pages import VerifiedPage, accept
from site_builder.model.course import Page
from site_builder.model.source import Source
from site_builder.model.tree import cells_of
from site_builder.parse.stage import parse

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "# Bells\r\n\r\n```python\r\nring()\r\n```\r\n\r\n```out\r\n4\r\n```\r\n"


def page_of(text: str, *, stand_ins: bool = False) -> VerifiedPage:
    source = Source("en/a.mdx", text)
    (cell,) = cells_of(parse(source)[0])
    verified = Verified((Difference(cell.expected[0], "5\n"),), 1, 0, stand_ins)
    return VerifiedPage(PlannedPage(Page("a", "A", "en", source, "en"), (), ""), verified)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    return tmp_path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_the_files_other_bytes_stay(folder: Path, mark: bytes) -> None:
    file = folder / "en" / "a.mdx"
    file.write_bytes(mark + TEXT.encode())
    assert accept(folder, page_of(TEXT)) == ()
    assert file.read_bytes() == mark + TEXT.encode().replace(b"\r\n4\r\n", b"\r\n5\r\n")


@pytest.mark.parametrize(
    ("before", "stand_ins", "reason"),
    [
        (b"# Something else\n", False, "the chapter changed meanwhile, or is not UTF-8"),
        (TEXT.encode(), True, "the page ran with stand-ins"),
    ],
)
def test_a_chapter_that_should_stay_stays(folder: Path, before: bytes, stand_ins: bool, reason: str) -> None:
    file = folder / "en" / "a.mdx"
    file.write_bytes(before)
    assert [why for _, why in accept(folder, page_of(TEXT, stand_ins=stand_ins))] == [reason]
    assert file.read_bytes() == before
