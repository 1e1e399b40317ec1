"""A site with a graded quiz, and the quiz server that grades it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "quiz"))
from real_server import free_port

__all__ = ["QuizServer", "free_port", "make"]

COURSE = (sys.executable, "-m", "site_builder.cli.main")


@dataclass
class QuizServer:
    """`course quiz serve` on one port, as often as it is started; `folder` is for its database, `banks` has what it grades."""

    folder: Path
    banks: Path
    port: int
    origin: str = ""
    process: subprocess.Popen[str] | None = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "quiz.sqlite"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [*COURSE, "quiz", "serve", "--banks", self.banks, "--database", self.database]
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--origin", self.origin.rstrip("/")],
                stdout=subprocess.PIPE, stderr=log, text=True, env=os.environ,
            )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("ready"), (self.folder / "server.log").read_text()

    def stop(self) -> None:
        """End it, if it runs."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def submissions(self) -> list[dict[str, object]]:
        """Give what is on disk: (learner, quiz, attempt, key, answers) of each submission."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute("select * from submissions order by id").fetchall()
        return [{**dict(row), "answers": json.loads(row["answers"])} for row in rows]


def make(course: Path, site: Path, banks: Path, cache: Path) -> None:
    """Build the site of `course`, and write its banks."""
    for words in (["build", str(course), "-o", str(site)], ["quiz", "banks", str(course), "-o", str(banks)]):
        done = subprocess.run(
            [*COURSE, *words], capture_output=True, text=True, check=False, timeout=300,
            env={**os.environ, "XDG_CACHE_HOME": str(cache)}, cwd=cache.parent,
        )  # fmt: skip
        assert done.returncode in {0, 1}, done.stdout + done.stderr
