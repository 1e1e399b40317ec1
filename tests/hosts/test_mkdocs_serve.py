"""`mkdocs serve` shows the course, too."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING

from small_course import MKDOCS, write_course

if TYPE_CHECKING:
    from pathlib import Path

YML = "site_name: Of squares\ndocs_dir: chapters\ntheme: {name: material}\nplugins: [course]\n"


def _shows(address: str, words: str) -> bool:
    for _ in range(150):
        try:
            if words in urllib.request.urlopen(address, timeout=5).read().decode():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def test_mkdocs_serve_shows_the_course_and_its_changes(tmp_path: Path) -> None:
    course = write_course(tmp_path / "course", {"mkdocs.yml": YML})
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [str(MKDOCS), "serve", "-f", str(course / "mkdocs.yml"), "-a", place]
    environment = {**os.environ, "COURSE_CACHE": str(tmp_path / "kept")}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            assert _shows(f"http://{place}/fr/one/1/", "Quatre angles droits")
            time.sleep(1)
            (course / "chapters/fr/one/1.mdx").write_text("# Premier\n\nCinq angles.\n")
            assert _shows(f"http://{place}/fr/one/1/", "Cinq angles")
        finally:
            server.send_signal(signal.SIGINT)
    assert {each.name for each in tmp_path.iterdir()} == {"course", "kept"}
