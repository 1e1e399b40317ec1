"""A site is the same whoever builds it, and whole whatever happens to the build."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_course import COURSE, MKDOCS, build_site, contents, program, write_course, written

from site_builder.hosts.site_folder import refuse_to_replace, staging_folder

YML = """site_name: Of squares
docs_dir: chapters
theme: {name: material}
plugins: %s
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path / "course")


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A course whose build takes long enough to be killed at several stages."""
    folder = write_course(tmp_path / "large")
    page = (folder / "chapters/en/one/2.mdx").read_text()
    outline = folder / "chapters/en/_toctree.yml"
    more = [f"two/{number}" for number in range(60)]
    for each in more:
        (folder / f"chapters/en/{each}.mdx").parent.mkdir(exist_ok=True)
        (folder / f"chapters/en/{each}.mdx").write_text(page + f"\nPage {each}.\n")
    entries = "".join(f"  - local: {each}\n    title: {each}\n" for each in more)
    outline.write_text(f"{outline.read_text()}- title: More\n  sections:\n{entries}")
    return folder


@pytest.mark.parametrize(
    "ways",
    [
        ((1, False), (1, False)),
        ((2, True), (2, True), (1, False)),
        ((1, False), (2, False), (3, False)),
    ],
    ids=["twice", "kept", "jobs"],
)
def test_all_ways_of_building_give_the_same_bytes(large: Path, tmp_path: Path, ways) -> None:
    sites = [
        build_site(large, tmp_path / f"site{at}", jobs=jobs, cache=cache)
        for at, (jobs, cache) in enumerate(ways)
    ]
    assert len(sites[0]) > 100
    assert all(site == sites[0] for site in sites[1:])


def test_hash_seed_time_and_place_do_not_matter(course: Path, tmp_path: Path) -> None:
    first = build_site(course, tmp_path / "one")
    other = Path(shutil.copytree(course, tmp_path / "elsewhere" / "course"))
    for file in (other, *other.rglob("*")):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    elsewhere = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LANG": "C"}
    done = program(COURSE, "build", other, "-o", tmp_path / "two", cwd=tmp_path, **elsewhere)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert contents(tmp_path / "two") == first


@pytest.mark.parametrize("plugins", ["[course]", "[course, search]", "[search, course]"])
def test_mkdocs_build_writes_the_same_bytes(course: Path, tmp_path: Path, plugins: str) -> None:
    (course / "mkdocs.yml").write_text(YML % plugins)
    by_mkdocs = tmp_path / "by-mkdocs"
    done = program(MKDOCS, "build", "-f", course / "mkdocs.yml", "-d", by_mkdocs, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert contents(by_mkdocs) == build_site(course, tmp_path / "site")


def test_mkdocs_build_says_why_it_does_not_replace_a_folder(course: Path, tmp_path: Path) -> None:
    (course / "mkdocs.yml").write_text(YML % "[course]")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = program(MKDOCS, "build", "-f", course / "mkdocs.yml", "-d", tmp_path / "mine", cwd=tmp_path)
    assert done.returncode != 0
    assert "holds no site" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear"


def test_an_unchanged_course_is_not_written_again(course: Path, tmp_path: Path) -> None:
    build_site(course, tmp_path / "site", cache=True)
    before = written(tmp_path / "site")
    build_site(course, tmp_path / "site", cache=True)
    assert written(tmp_path / "site") == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("chapters/en/one/1.mdx", "# First\n\nOther words.\n"),
        ("chapters/fr/_toctree.yml", "- title: Autre\n  sections:\n  - local: one/1\n    title: Un\n"),
        ("README.md", "# Another title\n"),
        ("mkdocs.yml", "copyright: Nobody\n"),
        ("chapters/en/pictures/square.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1"/></svg>'),
    ],
)
def test_a_changed_file_is_seen(course: Path, tmp_path: Path, path: str, text: str) -> None:
    before = build_site(course, tmp_path / "site", cache=True)
    (course / path).write_text(text)
    after = build_site(course, tmp_path / "site", cache=True)
    assert after != before
    assert after == build_site(course, tmp_path / "fresh")


@pytest.mark.parametrize("damage", ["delete", "shorten", "alter"])
def test_a_damaged_site_is_built_again(course: Path, tmp_path: Path, damage: str) -> None:
    before = build_site(course, tmp_path / "site", cache=True)
    file = tmp_path / "site" / "fr" / "one" / "1" / "index.html"
    if damage == "delete":
        file.unlink()
    else:
        text = file.read_text()
        file.write_text(text[:-9] if damage == "shorten" else text.replace("Quatre", "quatre"))
    assert contents(tmp_path / "site") != before
    assert build_site(course, tmp_path / "site", cache=True) == before


def _leftovers(folder: Path) -> list[Path]:
    return sorted(folder.glob(".site.*"))


def _kill_after(course: Path, site: Path, seconds: float) -> bool:
    """Start a build, kill it by force after `seconds`, and tell whether it was writing."""
    command = [str(COURSE), "build", str(course), "-o", str(site), "--no-cache", "-j2"]
    environment = {**os.environ, "COURSE_CACHE": str(site.parent / "kept")}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as building:
        time.sleep(seconds)
        was_running = building.poll() is None
        building.send_signal(signal.SIGKILL)
    return was_running and bool(_leftovers(site.parent))


def test_a_killed_build_leaves_the_old_site_whole(large: Path, tmp_path: Path) -> None:
    place = tmp_path / "public"
    place.mkdir()
    old = build_site(large, place / "site")
    changed = large / "chapters/en/one/1.mdx"
    changed.write_text("# First\n\nThe words of a second version.\n")
    new = build_site(large, tmp_path / "new")
    start = time.perf_counter()
    program(COURSE, "build", large, "-o", tmp_path / "timed", "--no-cache", "-j2", cwd=tmp_path)
    duration = time.perf_counter() - start
    chance, writing = random.Random(8), 0  # noqa: S311 - moments, not secrets
    for number in range(8):
        writing += _kill_after(large, place / "site", duration * (number + chance.random()) / 8)
        assert contents(place / "site") in (old, new), f"after kill {number}"
    assert writing, "control: no build was killed while it wrote"
    assert build_site(large, place / "site") == new
    assert _leftovers(place) == []


def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    code = (
        "import os, time; from site_builder.keep.workers import Workers\n"
        "workers = Workers(2)\n"
        "print(*[each.result() for each in workers.start(os.getpid, [(), ()])], flush=True)\n"
        "time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    ) as parent:
        assert parent.stdout
        workers = [int(each) for each in parent.stdout.readline().split()]
        assert len(workers) == 2
        assert all(_is_alive(each) for each in workers), "control"
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        if not any(map(_is_alive, workers)):
            return
        time.sleep(0.05)
    pytest.fail("workers live on")


def _is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_two_builds_at_once_do_not_damage_each_other(large: Path, tmp_path: Path) -> None:
    expected = build_site(large, tmp_path / "alone")
    command = [str(COURSE), "build", str(large), "-o", str(tmp_path / "site"), "--no-cache", "-j1"]
    builds = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120)[0] for each in builds]
    assert {each.returncode for each in builds} <= {0, 1}, said
    assert contents(tmp_path / "site") == expected
    assert _leftovers(tmp_path) == []


def test_the_folder_of_another_running_build_is_left_alone(tmp_path: Path) -> None:
    running = tmp_path / f".site.{os.getppid()}.new"
    ended = tmp_path / ".site.4194999.new"
    returned = tmp_path / f".site.{os.getpid()}.new"  # in a container, numbers are given again
    for each in (running, ended, returned):
        each.mkdir()
        (each / "page").write_text("old")
    with staging_folder(tmp_path / "site") as staging:
        assert list(staging.iterdir()) == []
        assert (running / "page").exists()
        assert not ended.exists()
    assert not staging.exists()


def _like_a_site(folder: Path) -> Path:
    (folder / "search").mkdir(parents=True)
    (folder / "404.html").touch()
    (folder / "search" / "search_index.json").touch()
    return folder


def test_what_is_no_site_is_not_replaced(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    refuse_to_replace(tmp_path / "new", course)
    refuse_to_replace(_like_a_site(tmp_path / "old"), course)
    (tmp_path / "mine").mkdir()
    refuse_to_replace(tmp_path / "mine", course)
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(FileExistsError, match="holds no site"):
        refuse_to_replace(tmp_path / "mine", course)
    with pytest.raises(NotADirectoryError):
        refuse_to_replace(tmp_path / "mine" / "letter.txt", course)


def test_a_course_and_a_repository_are_not_replaced_though_a_site_is_there(tmp_path: Path) -> None:
    around = _like_a_site(tmp_path / "around")
    (around / "course").mkdir()
    for course in (around, around / "course"):
        with pytest.raises(FileExistsError, match="the course itself"):
            refuse_to_replace(around, course)
    repository = _like_a_site(tmp_path / "pages")
    (repository / ".git").write_text("gitdir: elsewhere\n")
    with pytest.raises(FileExistsError, match="Git"):
        refuse_to_replace(repository, around / "course")


def test_a_link_to_a_folder_stays_a_link(course: Path, tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "releases", target_is_directory=True)
    for _ in range(2):
        assert "fr/index.html" in build_site(course, tmp_path / "site")
        assert (tmp_path / "site").is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []
