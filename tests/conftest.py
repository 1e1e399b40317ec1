"""Fixtures that all tests share: the corpora, a browser, and sites built once for all workers."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
REPOSITORY = HERE.parent

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real courses beside the repository; without it the test is skipped."""
    folder = REPOSITORY.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora of real courses (../shared/corpora) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium; a failure in CI, a skip elsewhere where it is missing."""
    usual = Path("/usr/bin/chromium")
    found = str(usual) if usual.exists() else shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("CI needs Chromium: apt-get install chromium")
    pytest.skip("Chromium is not installed (apt-get install chromium)")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[object]:
    """A headless Chromium, driven by Playwright, one a worker."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only tests with a browser wait for it

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def npm_folder() -> Path:
    """Where the tests' npm packages lie (`make test` installs them); a failure in CI without them."""
    folder = HERE / "node_modules"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("CI needs the tests' npm packages: npm ci --prefix tests")
        pytest.skip("the tests' npm packages are missing (npm ci --prefix tests)")
    return folder


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all workers of one test run share."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def build_once(shared_folder: Path) -> Callable[[str, Path], Path]:
    """A function (name, course folder) -> folder of the built site, built by the first worker that asks."""

    def build(name: str, course: Path) -> Path:
        site, done = shared_folder / name, shared_folder / f"{name}.done"
        with (shared_folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                run_build(course, site, shared_folder / "cache")
                done.touch()
        return site

    return build


def run_build(course: Path, site: Path, cache: Path) -> None:
    """Build `course` into `site` as a user would; exit codes 0 and 1 (findings) are fine."""
    command = [sys.executable, "-m", "site_builder.cli.main", "build", str(course), "--output", str(site)]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=300, env=environment, check=False, cwd=cache.parent
    )
    assert result.returncode in {0, 1}, (
        f"course build failed:\n{result.stdout[-4000:]}\n{result.stderr[-8000:]}"
    )


@pytest.fixture(scope="session")
def own_site(build_once: Callable[[str, Path], Path]) -> Path:
    """The site of the repository's own course."""
    return build_once("own", REPOSITORY)


@pytest.fixture(scope="session")
def audio_site(build_once: Callable[[str, Path], Path], corpora: Path) -> Path:
    """The site of the whole audio course."""
    return build_once("audio", corpora / "audio-course")


@pytest.fixture(scope="session")
def llm_site(build_once: Callable[[str, Path], Path], corpora: Path) -> Path:
    """The site of the LLM course's sample."""
    return build_once("llm", corpora / "llm-course-sample")
