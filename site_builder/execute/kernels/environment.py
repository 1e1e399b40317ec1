"""A kernel's name to its interpreter, Python's version there, and the versions of what cells import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.execute.kernels import installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from site_builder.model.run import Pairs

OWN = "python3"
"""The kernel that is our own interpreter, if no kernel of that name was registered."""

_PATIENCE = 60


class KernelUnknown(Exception):  # noqa: N818 - it says what is the matter
    """There is no such kernel, or it is no Python that answers: says why."""


@dataclass(frozen=True)
class Environment:
    """What a kernel has: Python's minor version (`3.11`), and for each import name asked for its packages' versions."""

    kernel: str
    python: str
    packages: Mapping[str, Pairs]

    def of(self, names: Iterable[str]) -> Pairs:
        """Give the packages that provide `names`, each once, sorted."""
        return tuple(sorted({pair for name in names for pair in self.packages.get(name, ())}))


def environment_of(kernel: str, names: Iterable[str]) -> Environment:
    """Find out what `kernel` has of the top-level modules `names`.

    Raises:
        KernelUnknown: There is no such kernel, or its interpreter does not answer.
    """
    program, variables = interpreter_of(kernel)
    if program == sys.executable and not variables:
        told: dict[str, Any] = {
            "python": "{}.{}".format(*sys.version_info),
            "packages": installed.packages_of(names),
        }
    else:
        told = _asked(program, dict(variables), sorted(set(names)))
    packages = {name: tuple((each[0], each[1]) for each in found) for name, found in told["packages"].items()}
    return Environment(kernel, told["python"], packages)


def interpreter_of(kernel: str) -> tuple[str, Pairs]:
    """Give the interpreter of a Jupyter kernel, and the variables that its specification sets.

    Raises:
        KernelUnknown: There is no such kernel.
    """
    for folder in _kernel_folders():
        file = folder / kernel / "kernel.json"
        try:
            spec = json.loads(file.read_text(encoding="utf-8"))
            program = str(spec["argv"][0])
            variables = spec.get("env") or {}
            pairs = tuple(sorted((str(name), str(value)) for name, value in variables.items()))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise KernelUnknown(f"`{file}` cannot be read: {error}") from error
        # Jupyter does the same: a bare name is this interpreter, so that it is that of the virtual environment.
        is_bare = program in ("python", "python3", f"python3.{sys.version_info.minor}")
        return (sys.executable if is_bare else program), pairs
    if kernel == OWN:
        return sys.executable, ()
    raise KernelUnknown(f"there is no kernel `{kernel}`")


def _kernel_folders() -> list[Path]:
    """Give the folders where Jupyter looks for kernels, in its order; reading them does not need Jupyter."""
    given = [Path(each) for each in os.environ.get("JUPYTER_PATH", "").split(os.pathsep) if each]
    home = Path(os.environ.get("JUPYTER_DATA_DIR") or _user_data())
    own = Path(sys.prefix) / "share" / "jupyter"
    in_virtual = sys.prefix != sys.base_prefix
    shared = [own, home] if in_virtual else [home, own]
    everybody = [Path("/usr/local/share/jupyter"), Path("/usr/share/jupyter")] if os.name == "posix" else []
    return [each / "kernels" for each in (*given, *shared, *everybody)]


def _user_data() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Jupyter"
    if os.name == "nt":
        return Path(os.environ.get("APPDATA", Path.home())) / "jupyter"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jupyter"


def _asked(program: str, variables: dict[str, str], names: list[str]) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - the kernel's own interpreter, as its specification says
            [program, str(Path(installed.__file__)), *names],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
        told = json.loads(done.stdout)
        return {"python": str(told["python"]), "packages": dict(told["packages"])}
    except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError) as error:
        raise KernelUnknown(f"its interpreter `{program}` does not answer as a Python") from error


def digest_of(file: Path) -> str:
    """Give the BLAKE2b hash of a file's bytes, 32 digits; an empty string where it cannot be read."""
    digest = blake2b(digest_size=16)
    try:
        with file.open("rb") as opened:
            while block := opened.read(2**20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
