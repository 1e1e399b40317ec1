"""A quiz server beside `course serve`: graded quizzes can be tried while they are written, far from what learners submitted."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.failures import WrongUse
from site_builder.cli.quiz_command import missing_extra
from site_builder.cli.terminal import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PATIENCE = 10.0


@dataclass
class QuizServer:
    """The server at `address`, a process of its own that keeps submissions in `database` and is started anew when a bank changes.

    `overrides` are the course's settings with this address in them.
    """

    folder: Path
    overrides: Mapping[str, object]
    address: str
    database: Path
    _place: Path
    _origins: tuple[str, ...] = ()
    _texts: dict[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    def start(self, site: str) -> None:
        """Answer the pages of the site at address `site`."""
        port = site.rstrip("/").rpartition(":")[2]
        self._origins = (site.rstrip("/"), f"http://localhost:{port}", f"http://127.0.0.1:{port}")
        self.refresh()
        if self._texts:
            click.echo(
                f"quizzes: {plural(len(self._texts), 'page')} graded at {self.address}, kept in {self.database}"
            )

    def refresh(self) -> None:
        """Grade with the questions as they are now; before `start` there is nothing to do."""
        if not self._origins:
            return
        from site_builder import quiz_banks  # noqa: PLC0415 - courses without graded quizzes need none of it
        from site_builder.quiz.bank_files import bank_text  # noqa: PLC0415

        found = quiz_banks.banks(self.folder, self.overrides, graded=True)
        texts = {id_: bank_text(bank) for id_, bank in found.items()}
        if texts == self._texts:
            return
        self.stop()
        self._texts = texts
        for old in self._place.glob("*.json"):
            old.unlink()
        for number, text in enumerate(texts.values()):
            (self._place / f"{number}.json").write_text(text, encoding="utf-8")
        if texts:
            self._process = self._started()

    def stop(self) -> None:
        """End the process; what it has acknowledged is on disk."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        self.database.parent.mkdir(parents=True, exist_ok=True)
        command = [
            *(sys.executable, "-m", "site_builder.cli.main", "quiz", "serve", "--banks", str(self._place)),
            *("--database", str(self.database), "--port", self.address.rpartition(":")[2]),
            *(word for origin in dict.fromkeys(self._origins) for word in ("--origin", origin)),
        ]
        from site_builder.keep.workers import end_with_parent  # noqa: PLC0415 - see above

        return subprocess.Popen(  # noqa: S603 - ourselves
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=end_with_parent,  # noqa: PLW1509 - one call, no threads of ours yet
        )  # fmt: skip


@contextmanager
def quiz_server(folder: Path, overrides: Mapping[str, object]) -> Iterator[QuizServer | None]:
    """Give a quiz server for the course in `folder`, to be started, where its settings say that quizzes are graded.

    Raises:
        WrongUse: Quizzes are graded, and what a quiz server needs is not installed.
    """
    from site_builder.discover.stage import discover  # noqa: PLC0415 - `course --help` needs none of it
    from site_builder.keep.cache import Cache  # noqa: PLC0415

    course, _ = discover(folder, overrides)
    if not course.settings.graded:
        yield None
        return
    if missing := missing_extra():
        raise WrongUse(
            f"quizzes are graded, and `{missing}` is missing",
            'install it with `pip install "site-builder[quiz]"`',
        )
    address = f"http://127.0.0.1:{_free_port()}"
    with tempfile.TemporaryDirectory(prefix="course-banks-") as place:
        database = Cache.place_of(folder) / "quiz.sqlite"
        server = QuizServer(folder, {**overrides, "quiz_server": address}, address, database, Path(place))
        try:
            yield server
        finally:
            server.stop()


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
