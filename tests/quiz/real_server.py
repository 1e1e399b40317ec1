"""A quiz server as a process of its own, which tests kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from small_bank import BANK

from site_builder.quiz.bank_files import bank_text

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 30
PLAIN = (sys.executable, str(Path(__file__).parent / "plain_server.py"))
"""A server that takes what the command line does not offer."""


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass
class RealServer:
    """A server that `course quiz serve` runs, on the same port each time that it is started."""

    folder: Path
    database: str
    port: int = field(default_factory=free_port)
    more: Sequence[str] = ("--address-rate", "0", "--learner-rate", "0")
    program: Sequence[str] = (sys.executable, "-m", "site_builder.cli.main", "quiz", "serve")
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        """Start it, without waiting for it."""
        banks = self.folder / "banks"
        if not banks.exists():
            banks.mkdir()
            (banks / "quiz.json").write_text(bank_text(BANK), encoding="utf-8")
        with (self.folder / f"{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.program, "--banks", banks, "--database", self.database, "--port", str(self.port),
                 "--secret", self.folder / "secret", *self.more],
                stdout=log, stderr=log, env={**os.environ, **self.environment},
            )  # fmt: skip

    def start(self) -> RealServer:
        """Start it, and wait until it answers."""
        self.launch()
        end = time.monotonic() + PATIENCE
        while not self.answers():
            running = self.process is not None and self.process.poll() is None
            assert running, self.log()[-3000:]
            assert time.monotonic() < end, self.log()[-3000:]
            time.sleep(0.05)
        return self

    def answers(self) -> bool:
        """Tell whether it answers that it is well."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/health", timeout=5) as answer:
                return json.load(answer) == {"well": True}
        except (OSError, urllib.error.URLError):
            return False

    def log(self) -> str:
        """Give what it has said."""
        return (self.folder / f"{self.port}.log").read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it at once, wherever it is."""
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def end(self) -> int:
        """Ask it to end, and give its exit code."""
        assert self.process
        self.process.terminate()
        return self.process.wait(PATIENCE)
