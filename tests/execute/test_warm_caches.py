"""What libraries have left for this user is laid into a kernel's home."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING

from site_builder.execute.kernels.warm_caches import lay_caches
from site_builder.execute.sandboxes.scratch import INSIDE, Scratch

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_compiled_functions_and_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = tmp_path / "python" / "lib" / "python3.11" / "site-packages"
    for name, needs in (("sounds", "Requires-Dist: numba>=0.5"), ("plain", "Requires-Dist: numpy")):
        (packages / f"{name}-1.0.dist-info").mkdir(parents=True)
        (packages / f"{name}-1.0.dist-info" / "METADATA").write_text(
            f"Name: {name}\n{needs}\n", encoding="utf-8"
        )
        (packages / name / "core" / "__pycache__").mkdir(parents=True)
        for file in ("a.f-1.py311.nbi", "a.f-1.py311.1.nbc", "a.cpython-311.pyc"):
            (packages / name / "core" / "__pycache__" / file).write_text(file, encoding="utf-8")
    (tmp_path / "cache" / "matplotlib").mkdir(parents=True)
    (tmp_path / "cache" / "matplotlib" / "fontlist-v1.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    host = tmp_path / "scratch"
    (host / "home").mkdir(parents=True)
    lay_caches(Scratch(host, INSIDE, "link"), [tmp_path / "python"])
    laid = {path.relative_to(host / "home").as_posix() for path in host.rglob("*") if path.is_file()}
    digest = sha1(str(packages / "sounds" / "core").encode(), usedforsecurity=False).hexdigest()
    assert laid == {
        ".matplotlib/fontlist-v1.json",
        f".numba/core_{digest}/a.f-1.py311.nbi",
        f".numba/core_{digest}/a.f-1.py311.1.nbc",
    }
