"""What a kernel's interpreter needs of the file system: the folders that it and its packages lie in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

_QUESTION = "import json, sys; print(json.dumps([sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix]))"
_PARTS = ("bin", "lib", "lib64", "share", "include", "pyvenv.cfg")


@cache
def folders_of(program: str) -> tuple[Path, ...]:
    """Give the folders outside of /usr that a program needs: its own, and where it is Python, those of Python.

    A virtual environment's links are followed step by step. Of a folder that is somebody's home, or the root, only
    what an installation has is given.
    """
    found = shutil.which(program) or program
    steps = [step.parent.parent for step in _steps(Path(found))]
    return tuple(dict.fromkeys(each for folder in [*steps, *_prefixes(found)] for each in _safe(folder)))


def _steps(path: Path) -> list[Path]:
    steps = [path.absolute()]
    while steps[-1].is_symlink() and len(steps) < 40:  # noqa: PLR2004 - as many as the system follows
        target = steps[-1].parent / steps[-1].readlink()
        steps.append(Path(os.path.normpath(target)))
    return [*steps, path.resolve()]


def _prefixes(program: str) -> list[Path]:
    if "python" not in Path(program).name:
        return []
    try:
        done = subprocess.run(  # noqa: S603 - the kernel that the user installed
            [program, "-I", "-c", _QUESTION], capture_output=True, text=True, timeout=30, check=True, env={}
        )
        return [Path(each) for each in json.loads(done.stdout)]
    except (OSError, subprocess.SubprocessError, ValueError):
        return []


def _safe(folder: Path) -> list[Path]:
    if folder.is_relative_to("/usr") or folder in (Path("/bin"), Path("/sbin")):
        return []
    if folder in (Path("/"), Path.home(), Path.home().parent):
        return [folder / part for part in _PARTS if folder != Path("/") and (folder / part).exists()]
    return [each for each in dict.fromkeys((folder, folder.resolve())) if each.is_dir()]
