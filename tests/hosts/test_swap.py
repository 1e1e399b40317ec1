"""The old site is whole until the new one is in its place."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from site_builder.hosts import site_folder
from site_builder.hosts.site_folder import swap

if TYPE_CHECKING:
    from pathlib import Path


def _site(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


def test_a_first_site_is_put_in_place(tmp_path: Path) -> None:
    swap(_site(tmp_path / "new", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_new_site_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(site_folder, "_exchange", lambda *_: False)
    _site(tmp_path / "site", "old")
    swap(_site(tmp_path / "new", "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_a_reader_never_finds_the_site_missing(tmp_path: Path) -> None:
    site, missing, stop = _site(tmp_path / "site", "0"), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                (site / "index.html").read_text()
            except FileNotFoundError:
                missing.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        new = _site(tmp_path / f"new{number}", str(number))
        assert site_folder._exchange(new, site)
    stop.set()
    reader.join()
    assert not missing
