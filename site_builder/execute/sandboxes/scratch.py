"""The folders that a kernel works in: made for one job, gone with it."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

INSIDE = Path("/scratch")
"""Where a sandboxed kernel finds its scratch folder: always the same, so that paths in outputs are."""

LONGEST_ADDRESS = 90
"""Characters of a socket's folder: the kernel of the system allows 107 for all."""

CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


@dataclass(frozen=True)
class Scratch:
    """A job's folders: `host` as this process sees them, `inside` as the kernel does.

    `work` is the kernel's working folder, `home` its home; `link`, whose name cannot be guessed, has the connection
    file, the sockets and the record of opened files.
    """

    host: Path
    inside: Path
    link: str

    @property
    def address(self) -> Path:
        """What the kernel's sockets are called, before `-1` to `-5`, as the kernel sees it."""
        return self.inside / self.link / "s"

    @property
    def connection_file(self) -> Path:
        """The connection file, as the kernel sees it."""
        return self.inside / self.link / "kernel.json"

    @property
    def record(self) -> Path:
        """The file that gets the paths of opened files, as the kernel sees it."""
        return self.inside / self.link / "opened"


def new_scratch(*, sandboxed: bool) -> Scratch:
    """Make the folders of a job; whoever calls sees to it that they go (`guardian`)."""
    prefix = f"course-run-{os.getpid()}-"
    host = Path(tempfile.mkdtemp(prefix=prefix))
    if len(os.fspath(host)) > LONGEST_ADDRESS - len("/link-0123456789abcdef/s-5"):
        host.rmdir()
        host = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    scratch = Scratch(host, INSIDE if sandboxed else host, f"link-{token_hex(8)}")
    for name in ("work", "home", "tmp", scratch.link):
        (host / name).mkdir(mode=0o700)
    (host / scratch.link / "opened").touch(mode=0o600)
    return scratch


def write_connection(scratch: Scratch) -> Any:  # noqa: ANN401 - a typed dictionary of jupyter_client
    """Write the connection file of a kernel that talks over sockets in files; give what it has."""
    info: dict[str, Any] = {"transport": "ipc", "ip": str(scratch.address), "key": token_hex(32)}
    info |= {"signature_scheme": "hmac-sha256"}
    info |= {f"{channel}_port": number for number, channel in enumerate(CHANNELS, 1)}
    path = scratch.host / scratch.link / "kernel.json"
    path.write_text(json.dumps(info), encoding="utf-8")
    path.chmod(0o600)
    return info
