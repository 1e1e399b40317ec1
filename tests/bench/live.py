"""How long a change takes to be seen in `course serve`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.large_course import make_course
from tests.bench.measure import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

_COURSE = Path(sys.executable).parent / "course"
_ROUNDS = 7


def run(corpora: Path, place: Path) -> None:
    """Print the seconds from writing a file to reading the changed page, told by the server's event."""
    courses = {"1,000 pages": (make_course(place / "large", 1000), "chapter2/page21")}
    if (corpora / "audio-course").is_dir():
        shutil.copytree(corpora / "audio-course", place / "audio")
        courses["the audio course"] = place / "audio", "chapter1/audio_data"
    for name, (folder, page) in courses.items():
        with _served(folder, place / "kept") as address:
            text = _times(address, page, folder, "A changed sentence, number {}.")
            heading = _times(address, page, folder, "## A changed heading {}")
        memory = _shown(text), _shown(heading)
        print(f"{name}: a sentence {memory[0]}, a heading {memory[1]}")


def _shown(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s (at most {max(seconds):.3f} s)"


def _times(address: str, page: str, folder: Path, addition: str) -> list[float]:
    file = folder / "chapters" / "en" / f"{page}.mdx"
    before = file.read_text()
    return [_time(address, page, file, before, addition.format(number)) for number in range(_ROUNDS)]


def _time(address: str, page: str, file: Path, before: str, addition: str) -> float:
    """Change a page as an editor would, wait for the server's event, and read the page as a browser would."""
    events = urllib.request.urlopen(f"{address}__course/events", timeout=60)
    events.readline(), events.readline()
    start = clock()
    file.write_text(f"{before}\n\n{addition}\n")
    events.readline()
    html = urllib.request.urlopen(f"{address}{page}/", timeout=60).read().decode()
    seconds = clock() - start
    events.close()
    if re.sub(r"\W+", " ", addition).strip() not in re.sub(r"\W+", " ", html):
        raise RuntimeError(f"the page does not show {addition!r}")
    return seconds


@contextmanager
def _served(folder: Path, kept: Path) -> Iterator[str]:
    environment = {**os.environ, "COURSE_CACHE": str(kept), "PYTHONUNBUFFERED": "1"}
    command = [str(_COURSE), "serve", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout
        for line in server.stdout:
            if found := re.search(r"http://\S+", line):
                yield found[0].rstrip("/") + "/"
                break
        server.send_signal(signal.SIGINT)
        server.stdout.read()
