"""A PostgreSQL of the tests' own, in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from real_server import free_port


@dataclass
class Postgres:
    """A running PostgreSQL."""

    folder: Path
    programs: Path
    port: int

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://quiz@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs, which root may not."""
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*other, self.programs / program, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def start(self) -> None:
        """Start it."""
        options = f"-p {self.port} -h 127.0.0.1 -k '' -c max_connections=60"
        self.run(
            "pg_ctl", "start", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options
        )

    def stop(self, mode: str = "immediate") -> None:
        """End it, as a crash would unless another mode is named."""
        self.run("pg_ctl", "stop", "-w", "-D", f"{self.folder}/data", "-m", mode)


def programs() -> Path | None:
    """Give the folder of PostgreSQL's programs, the newest; `None` without any, or where root has no other user for them."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))]
    named = shutil.which("initdb")
    if named:
        found.append(Path(named).parent)
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return None
    return found[-1] if found else None


def make(folder_of_programs: Path) -> Postgres:
    """Make and start a PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="quiz-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    made = Postgres(folder, folder_of_programs, free_port())
    made.run("initdb", "-D", f"{folder}/data", "-U", "quiz", "-A", "trust", "-E", "UTF8", "--no-locale")
    made.start()
    return made


def remove(made: Postgres) -> None:
    """End it, and leave nothing of it."""
    made.stop()
    shutil.rmtree(made.folder)
