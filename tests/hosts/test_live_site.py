"""The live site as a browser meets it, while its author writes."""

from __future__ import annotations

import http.client
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from notebook_course import ACTIVE, write_notebook_course
from small_course import FILES, build_site, contents, write_course

from site_builder.hosts.course_changes import Writing
from site_builder.hosts.live_pages import LivePages
from site_builder.hosts.live_site import serve
from site_builder.model.notebook import made_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_builder.diagnostics.report import Report

RELOAD = b'<script src="/__course/reload.js" defer></script>'


@dataclass
class Live:
    """A running server, and what it has reported."""

    folder: Path
    port: int = 0
    reports: list[Report] = field(default_factory=list)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()

    def text(self, path: str) -> str:
        return self.ask(path)[2].decode()

    def wait(self, seen: Callable[[], bool], seconds: float = 15) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if seen():
                return True
            time.sleep(0.05)
        return False

    def codes(self) -> set[str]:
        return {finding.code for finding in self.reports[-1]}


def _running(folder: Path) -> Iterator[Live]:
    live, is_ready, stop = Live(folder), threading.Event(), threading.Event()

    def ready(address: str) -> None:
        live.port = int(address.rstrip("/").rpartition(":")[2])
        is_ready.set()

    def run() -> None:
        serve(folder, port=0, ready=ready, report=live.reports.append, stop=stop)

    server = threading.Thread(target=run, daemon=True)
    server.start()
    assert is_ready.wait(60)
    time.sleep(0.2)  # until the watch of the folder has begun
    yield live
    stop.set()
    server.join(10)
    assert not server.is_alive()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def still(kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:  # noqa: ARG001 - sets the environment
    """A live site that no test changes."""
    folder = write_course(
        tmp_path_factory.mktemp("still") / "course", {"secret.txt": "secret", ".env": "secret"}
    )
    (folder.parent / "outside.svg").write_text("secret")
    (folder / "chapters/en/pictures/out.svg").symlink_to(folder.parent / "outside.svg")
    (folder / "chapters/en/pictures/bad.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'
    )
    yield from _running(folder)


@pytest.fixture
def live(kept, tmp_path: Path) -> Iterator[Live]:  # noqa: ARG001 - sets the environment
    yield from _running(write_course(tmp_path / "course"))


def test_each_page_is_that_of_a_build_but_for_the_reload_script(still: Live, tmp_path: Path) -> None:
    build_site(still.folder, tmp_path / "site")
    pages = sorted((tmp_path / "site").rglob("index.html"))
    assert len(pages) == 9
    for page in pages:
        path = page.parent.relative_to(tmp_path / "site").as_posix()
        status, headers, content = still.ask("/" if path == "." else f"/{path}/")
        assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert RELOAD in content
        assert content.replace(RELOAD, b"") == page.read_bytes(), path


def test_each_other_file_is_that_of_a_build(still: Live, tmp_path: Path) -> None:
    others = [path for path in build_site(still.folder, tmp_path / "site") if not path.endswith(".html")]
    assert {path.partition("/")[0] for path in others} >= {"assets", "media", "search", "fr", "fa"}
    for path in others:
        status, _, content = still.ask(f"/{path}")
        assert status == 200, path
        assert content == (tmp_path / "site" / path).read_bytes(), path


@pytest.mark.parametrize(
    ("path", "location"),
    [("/one/1", "./1/"), ("/fr", "./fr/"), ("/fr/one/2", "./2/"), ("/one/1?a=b", "./1/")],
)
def test_an_address_without_a_slash_leads_to_the_one_with_it(still: Live, path: str, location: str) -> None:
    status, headers, _ = still.ask(path)
    assert (status, headers.get("Location")) == (301, location)


@pytest.mark.parametrize(("path", "language"), [("/no/", "en"), ("/fr/no/", "fr"), ("/fa/no.html", "fa")])
def test_what_there_is_not_is_said_in_the_readers_language(still: Live, path: str, language: str) -> None:
    status, _, content = still.ask(path)
    assert status == 404
    assert re.search(rf'<html[^>]* lang="{language}"', content.decode())


def test_a_page_that_is_not_translated_shows_the_original(still: Live) -> None:
    text = still.text("/fr/one/2/")
    assert "Diagonals are longer" in text
    assert '<meta name="robots" content="noindex">' in text


def test_head_has_no_body(still: Live) -> None:
    status, headers, content = still.ask("/one/1/", "HEAD")
    assert (status, content) == (200, b"")
    assert int(headers["Content-Length"]) > 1000
    assert still.ask("/__course/events", "HEAD")[0] == 200


def test_a_part_of_a_file_is_given_to_who_asks_for_it(still: Live) -> None:
    path = "/assets/scripts/course.js"
    status, headers, whole = still.ask(path)
    assert (status, headers["Accept-Ranges"]) == (200, "bytes")
    for asked, start, stop in (("10-19", 10, 20), (f"{len(whole) - 5}-", -5, None), ("-7", -7, None)):
        status, headers, part = still.ask(path, Range=f"bytes={asked}")
        assert (status, part) == (206, whole[start:stop])
        assert headers["Content-Range"].endswith(f"/{len(whole)}")
    for asked in ("bytes=9999999-", "bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "bytes=-0"):
        assert still.ask(path, Range=asked)[2] == whole


def test_a_picture_of_the_course_is_shown(still: Live) -> None:
    status, headers, content = still.ask("/media/chapters/en/pictures/square.svg")
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert content.decode() == FILES["chapters/en/pictures/square.svg"]


@pytest.mark.parametrize(
    "path",
    [
        "/media/secret.txt", "/media/.env", "/media/mkdocs.yml", "/media/README.md", "/media/chapters/en/_toctree.yml",
        "/media/../secret.txt", "/media/chapters/../secret.txt", "/media/%2e%2e/outside.svg", "/media/..%2foutside.svg",
        "/media/%2e%2e%2foutside.svg", "/media//etc/passwd", "/media/%2fetc%2fpasswd", "/media/chapters/en/pictures/out.svg",
        "/media/chapters/en/pictures/bad.svg", "/media/chapters/en/pictures", "/media/", "/assets/../secret.txt",
        "/assets/../main.html", "/assets/%2e%2e/base.html", "/assets//etc/passwd", "/assets/theme/../../pyproject.toml",
        "/../../../../etc/passwd", "/fr/media/../../secret.txt", "/media/..%5coutside.svg", "/media/square%00.svg",
    ],
)  # fmt: skip
def test_nothing_else_is_given_away(still: Live, path: str) -> None:
    status, _, content = still.ask(path)
    assert status == 404
    assert b"secret" not in content.replace(b"secret.txt", b"")
    assert b"root:" not in content


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:80", 200), ("evil.example", 421), ("", 421),
     ("localhost.evil.example:8000", 421), ("127.0.0.1.evil.example", 421)],
)  # fmt: skip
def test_names_of_others_are_not_answered(still: Live, host: str, status: int) -> None:
    assert still.ask("/one/1/", Host=host)[0] == status


def test_many_requests_at_once(still: Live) -> None:
    paths = ["/", "/one/1/", "/fr/one/2/", "/fa/one/1/", "/search/search_index.json"] * 4
    expected = {path: still.ask(path)[2] for path in set(paths)}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(still.ask, paths))
    assert [status for status, _, _ in answers] == [200] * 20
    assert all(content == expected[path] for path, (_, _, content) in zip(paths, answers, strict=True))


def test_a_fault_of_ours_is_told_as_text(still: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(LivePages, "answer", fail)
    status, headers, content = still.ask("/one/1/")
    assert (status, headers["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert b"on purpose" in content
    monkeypatch.undo()
    assert still.ask("/one/1/")[0] == 200


def test_a_browser_is_told_of_a_change(live: Live) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
    connection.request("GET", "/__course/events")
    events = connection.getresponse()
    first, _ = events.readline(), events.readline()
    (live.folder / "chapters/en/one/1.mdx").write_text("# First\n\nChanged words.\n")
    assert events.readline() not in (first, b"")
    assert "Changed words." in live.text("/one/1/")
    assert "Changed words." in live.text("/fa/one/1/")
    connection.close()


def test_outline_pages_and_files_that_come_and_go(live: Live) -> None:
    outline = live.folder / "chapters/en/_toctree.yml"
    (live.folder / "chapters/en/one/3.mdx").write_text("# Third\n\nNew words.\n")
    outline.write_text(outline.read_text() + "  - local: one/3\n    title: Third\n")
    assert live.wait(lambda: "New words." in live.text("/one/3/"))
    assert "New words." in live.text("/fr/one/3/")
    assert "one/3/" in live.text("/")
    assert "New words." in live.text("/search/search_index.json")
    outline.write_text(FILES["chapters/en/_toctree.yml"].replace("Second", "Another second"))
    (live.folder / "chapters/en/one/3.mdx").unlink()
    assert live.wait(lambda: "Another second" in live.text("/"))
    assert live.ask("/one/3/")[0] == 404
    (live.folder / "chapters/fr/one/1.mdx").unlink()
    assert live.wait(lambda: "Rectangles of equal sides" in live.text("/fr/one/1/"))


def test_settings_that_come_change_and_are_replaced(live: Live) -> None:
    settings = live.folder / "mkdocs.yml"
    for title in ("One title", "Two titles", "Three titles"):
        fresh = live.folder / ".mkdocs.new"  # editors put a new file in the place of the old one
        fresh.write_text(f"site_name: {title}\n")
        fresh.rename(settings)
        assert live.wait(lambda title=title: title in live.text("/")), title
    settings.unlink()
    assert live.wait(lambda: "Of squares" in live.text("/"))


def test_broken_files_are_told_and_the_site_stays(live: Live) -> None:
    outline, settings = live.folder / "chapters/fr/_toctree.yml", live.folder / "mkdocs.yml"
    before = len(live.reports)
    outline.write_text("- title: [broken\n")
    assert live.wait(lambda: len(live.reports) > before)
    assert live.ask("/fr/")[0] == live.ask("/one/1/")[0] == 200
    assert "bad-outline" in live.codes()
    settings.write_text("site_name: [broken\n")
    assert live.wait(lambda: "bad-setting" in live.codes())
    assert live.ask("/one/1/")[0] == 200
    outline.write_text(FILES["chapters/fr/_toctree.yml"])
    settings.unlink()
    assert live.wait(lambda: not live.codes() & {"bad-outline", "bad-setting"})
    assert "Quatre angles" in live.text("/fr/one/1/")


def test_a_course_that_is_moved_away_for_a_moment(live: Live) -> None:
    away = live.folder / "away"
    before = len(live.reports)
    (live.folder / "chapters").rename(away)
    live.wait(lambda: len(live.reports) > before, 3)
    assert live.ask("/one/1/")[0] == 200
    away.rename(live.folder / "chapters")
    time.sleep(1)
    (live.folder / "chapters/en/one/1.mdx").write_text("# First\n\nBack again.\n")
    assert live.wait(lambda: "Back again." in live.text("/one/1/"))


def test_what_goes_wrong_in_a_change_is_shown_until_it_goes_well(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    page = live.folder / "chapters/en/one/1.mdx"
    with monkeypatch.context() as patch:
        patch.setattr("site_builder.hosts.live_course.discover", fail)
        page.write_text("# First\n\nFailing words.\n")
        assert live.wait(lambda: live.ask("/one/1/")[0] == 500)
    page.write_text("# First\n\nMended words.\n")
    assert live.wait(lambda: "Mended words." in live.text("/one/1/"))


@pytest.mark.parametrize("build_beside", [False, True])
def test_a_course_without_a_folder_of_chapters_is_not_built_for_ever(
    kept,  # noqa: ARG001 - sets the environment
    tmp_path: Path,
    build_beside: bool,
) -> None:
    folder = write_course(tmp_path / "whole")
    for edition in list((folder / "chapters").iterdir()):
        edition.rename(folder / edition.name)
    (folder / "chapters").rmdir()
    for live in _running(folder):
        started = len(live.reports)
        if build_beside:
            assert contents(folder) != build_site(folder, folder / "site")
        (folder / ".hidden").write_text("x")
        (folder / "node_modules").mkdir()
        (folder / "node_modules" / "x.mdx").write_text("x")
        time.sleep(1.2)
        assert len(live.reports) == started
        (folder / "en/one/1.mdx").write_text("# First\n\nAn author's words.\n")
        assert live.wait(lambda live=live: "An author's words." in live.text("/one/1/"))
        time.sleep(1)
        assert len(live.reports) <= started + 2


def test_whose_changes_count(tmp_path: Path) -> None:
    is_writing = Writing(tmp_path / ".work" / "course")
    told = [
        path for path in ("en/1.mdx", "en/a.png", "site/index.html", ".site.1.new/a", "en/.1.mdx.swp", "en/1.mdx~")
        if is_writing(None, str(tmp_path / ".work" / "course" / path))
    ]  # fmt: skip
    assert told == ["en/1.mdx", "en/a.png"]


@pytest.fixture
def with_cells(kept, tmp_path: Path) -> Iterator[Live]:  # noqa: ARG001 - sets the environment
    yield from _running(write_notebook_course(tmp_path / "course"))


def test_what_cells_made_is_shown_and_nothing_else_under_its_address(with_cells: Live) -> None:
    addresses = set(re.findall(r'src="\.\./\.\./(outputs/[^"]+)"', with_cells.text("/one/3/")))
    answers = [with_cells.ask(f"/{address}") for address in addresses]
    assert {status for status, _, _ in answers} == {200}
    assert {headers["Content-Type"] for _, headers, _ in answers} == {
        "image/png",
        "image/svg+xml",
        "audio/wav",
    }
    assert all(content for _, _, content in answers)
    refused = made_file("image/svg+xml", ACTIVE)
    assert refused
    for name in (refused.name, "0" * 24 + ".png", "../README.md", "..%2f..%2fetc%2fpasswd", ""):
        assert with_cells.ask(f"/outputs/{name}")[0] == 404
