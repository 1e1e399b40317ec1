"""Where a cgroup may be made, in both versions, and that its limits hold."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.execute.sandboxes import cgroup
from site_builder.execute.sandboxes.cgroup import Cgroup, _parents, new_cgroup, scope
from site_builder.execute.sandboxes.guardian import guardian
from site_builder.model.run import Limits


def made(folder: Path, controllers: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "cgroup.procs").touch()
    (folder / "cgroup.subtree_control").write_text(controllers, encoding="ascii")
    return folder


def mount(folder: Path, kind: str, options: str, root: str = "/") -> str:
    return f"30 23 0:26 {root} {folder} rw,nosuid - {kind} {kind} {options}\n"


def test_version_two_takes_the_nearest_that_hands_both_on(tmp_path: Path) -> None:
    top = made(tmp_path / "top", "cpu memory pids")
    made(top / "user.slice", "memory pids")
    made(top / "user.slice" / "session", "")
    info = mount(top, "cgroup2", "rw")
    assert _parents(info, "0::/user.slice/session\n") == (top / "user.slice",)
    assert _parents(info, "0::/\n") == (top,)


def test_version_two_without_both_controllers_has_none(tmp_path: Path) -> None:
    top = made(tmp_path / "top", "cpu memory")
    assert _parents(mount(top, "cgroup2", "rw"), "0::/\n") == ()


def test_version_two_in_a_container_that_sees_its_part(tmp_path: Path) -> None:
    top = made(tmp_path / "top", "memory pids")
    made(top / "job", "memory pids")
    info = mount(top, "cgroup2", "rw", root="/docker/abc")
    assert _parents(info, "0::/docker/abc/job\n") == (top / "job",)


def test_version_one_takes_both_hierarchies_or_none(tmp_path: Path) -> None:
    memory, pids = made(tmp_path / "memory"), made(tmp_path / "pids")
    made(memory / "mine")
    both = mount(memory, "cgroup", "rw,memory") + mount(pids, "cgroup", "rw,pids")
    assert _parents(both, "5:memory:/mine\n4:pids:/\n") == (memory / "mine", pids)
    assert _parents(mount(memory, "cgroup", "rw,memory"), "5:memory:/mine\n4:pids:/\n") == ()


def test_hybrid_systems_have_their_controllers_in_version_one(tmp_path: Path) -> None:
    unified, memory, pids = made(tmp_path / "unified"), made(tmp_path / "memory"), made(tmp_path / "pids")
    info = mount(memory, "cgroup", "rw,memory") + mount(unified, "cgroup2", "rw")
    info += mount(pids, "cgroup", "rw,pids")
    assert _parents(info, "5:memory:/\n4:pids:/\n0::/\n") == (memory, pids)


def test_a_cause_is_told_only_where_the_system_killed(tmp_path: Path) -> None:
    limits = Limits(memory=2**20 * 64)
    (tmp_path / "memory.oom_control").write_text("oom_kill_disable 0\nunder_oom 0\noom_kill 0\n")
    assert Cgroup((tmp_path,)).cause(limits) == ""
    (tmp_path / "memory.events").write_text("low 0\noom 1\noom_kill 2\n")
    assert Cgroup((tmp_path,)).cause(limits) == "more than 64 MB of memory"


def test_a_unit_of_systemd_has_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    command, environment = scope(Cgroup((), "course-run-1-a"), Limits(memory=64, processes=9))
    assert command[:2] == ("systemd-run", "--user")
    assert {"--unit=course-run-1-a", "MemoryMax=64", "MemorySwapMax=0", "TasksMax=9"} < set(command)
    assert command[-2:] == ("/usr/bin/env", "-i")
    assert environment == {"XDG_RUNTIME_DIR": "/run/user/1"}
    assert scope(Cgroup((Path("/x"),)), Limits()) == ((), {})


def test_none_where_nothing_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cgroup, "_parents", lambda *_: ())
    monkeypatch.setattr(cgroup, "_systemd_limits_hold", lambda: False)
    assert new_cgroup(Limits()) is None


def test_limits_hold_here(tmp_path: Path) -> None:
    made_now = new_cgroup(Limits(processes=5))
    if made_now is None or not made_now.folders:
        pytest.skip("this user may make no cgroup")
    procs = " ".join(f"{each}/cgroup.procs" for each in made_now.folders)
    script = (
        f"for each in {procs}; do echo $$ >$each; done; for n in 1 2 3 4 5 6 7 8; do sleep 0.2 & done; wait"
    )
    with guardian(tmp_path / "scratch") as guard:
        for folder in made_now.folders:
            guard(folder)
        done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert not any(folder.exists() for folder in made_now.folders)
    assert "fork" in done.stderr.lower()
    free = subprocess.run(
        ["/bin/sh", "-c", script.partition("done; ")[2]], capture_output=True, text=True, check=False
    )
    assert free.stderr == ""
