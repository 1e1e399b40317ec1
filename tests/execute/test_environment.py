"""Kernels by name: their interpreter, Python's version, and the versions of what is imported."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

import pytest
from running_course import with_kernel, with_package

from site_builder.execute.kernels.environment import KernelUnknown, environment_of, interpreter_of

if TYPE_CHECKING:
    from pathlib import Path

OUR_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_our_own_interpreter_tells_which_packages_provide_names() -> None:
    began = time.process_time()
    found = environment_of("python3", {"yaml", "click", "json", "no_such_module"})
    assert time.process_time() - began < 1
    assert found.python == OUR_PYTHON
    assert [name for name, _ in found.of(["yaml", "click"])] == ["PyYAML", "click"]
    assert found.of(["json", "no_such_module"]) == ()


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with_kernel(tmp_path)
    with_package(tmp_path, "chimes", "1.2")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    return tmp_path


def test_another_kernel_is_asked(kernel: Path) -> None:
    found = environment_of("bells", {"chimes", "click"})
    assert (found.python, found.packages["chimes"]) == (OUR_PYTHON, (("chimes", "1.2"),))
    with_package(kernel, "chimes", "2.0")
    assert environment_of("bells", {"chimes"}).of(["chimes"]) == (("chimes", "2.0"),)
    assert environment_of("python3", {"chimes"}).of(["chimes"]) == ()


def test_a_bare_name_is_this_interpreter(kernel: Path) -> None:
    file = kernel / "jupyter" / "kernels" / "bells" / "kernel.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "argv": ["python3", "-m", "x"], "env": {}}))
    assert interpreter_of("bells") == (sys.executable, ())


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"argv": []}',
        '{"argv": 7}',
        '{"argv": ["x"], "env": []}',
        '{"argv": ["/no/such/python"]}',
        '{"argv": ["/bin/true"]}',
    ],
)
def test_a_kernel_that_is_none_is_told(kernel: Path, text: str) -> None:
    (kernel / "jupyter" / "kernels" / "bells" / "kernel.json").write_text(text)
    with pytest.raises(KernelUnknown):
        environment_of("bells", {"chimes"})
    with pytest.raises(KernelUnknown, match="there is no kernel `belfry`"):
        environment_of("belfry", ())
