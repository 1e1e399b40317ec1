"""The commands as a user gives them: words, exit codes, files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from site_builder import pipeline
from site_builder.cli.main import course
from site_builder.hosts import live_site, publication
from site_builder.model.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = {
    "README.md": "# Small course\n",
    "chapters/en/_toctree.yml": "- title: One\n  sections:\n  - local: a/1\n    title: First\n",
    "chapters/en/a/1.mdx": "# First\n\nSome words.\n",
}
FAULTY = {**CLEAN, "chapters/en/a/1.mdx": "# First\n\n<Tipp>\nwords\n</Tipp>\n"}
NOTED = {**CLEAN, "chapters/en/a/extra.mdx": "# Extra\n"}


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder(tmp_path: Path):
    def write(files: dict[str, str]) -> Path:
        for path, text in files.items():
            file = tmp_path / "course" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text))
        return tmp_path / "course"

    return write


def run(*arguments: object):
    return CliRunner().invoke(course, [str(each) for each in arguments])


@pytest.mark.parametrize(
    ("files", "more", "code"),
    [
        (CLEAN, [], 0),
        (FAULTY, [], 1),
        (NOTED, [], 0),
        (NOTED, ["--strict"], 1),
        ({"README.md": "# x\n"}, [], 1),
    ],
    ids=["clean", "faulty", "notes", "strict", "no course"],
)
def test_the_exit_code_tells_whether_there_are_findings(
    folder, files: dict[str, str], more: list[str], code: int
) -> None:
    assert run("check", folder(files), *more).exit_code == code


def test_check_shows_a_fault_with_its_place_and_advice(folder) -> None:
    result = run("check", folder(FAULTY))
    assert result.stdout.startswith(
        "error[unknown-component]: no component is called `Tipp`\n --> chapters/en/a/1.mdx:3:1\n  |\n3 | <Tipp>\n  | ^^^^^^\n"
    )
    assert "did you mean `Tip`?" in result.stdout
    assert result.stdout.rstrip().splitlines()[-1].startswith("1 error")
    assert "\x1b" not in result.stdout


def test_paths_lead_there_from_the_current_folder(folder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(FAULTY)
    monkeypatch.chdir(place.parent)
    assert " --> course/chapters/en/a/1.mdx:3:1" in run("check", "course").stdout
    monkeypatch.chdir(place)
    assert " --> chapters/en/a/1.mdx:3:1" in run("check").stdout


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_reports_for_programs_are_alone_on_the_output(folder, form: str, tmp_path: Path) -> None:
    place = folder(FAULTY)
    result = run("check", place, "--format", form)
    assert result.exit_code == 1
    assert "unknown-component" in json.dumps(json.loads(result.stdout))
    written = tmp_path / f"report.{form}"
    result = run("check", place, "--format", form, "--output", written)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown-component" in json.dumps(json.loads(written.read_text()))


def test_check_in_githubs_format(folder) -> None:
    assert run("check", folder(FAULTY), "--format", "github").stdout.startswith(
        "::error file=chapters/en/a/1.mdx,line=3,"
    )
    assert run("check", folder(CLEAN), "--format", "github").stdout == ""


def test_check_of_one_language_leaves_the_originals_faults_out(folder) -> None:
    place = folder(
        {
            **FAULTY,
            "chapters/fr/_toctree.yml": CLEAN["chapters/en/_toctree.yml"],
            "chapters/fr/a/1.mdx": "# F\n\n<Warnin>x</Warnin>\n",
        }
    )
    both = run("check", place, "--format", "json")
    french = run("check", place, "--format", "json", "--language", "fr")
    english = run("check", place, "--format", "json", "--language", "en")
    paths = [
        {each["path"] for each in json.loads(result.stdout)["findings"]} for result in (both, french, english)
    ]
    assert paths == [
        {"chapters/en/a/1.mdx", "chapters/fr/a/1.mdx"},
        {"chapters/fr/a/1.mdx"},
        {"chapters/en/a/1.mdx"},
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chek"], "did you mean `check`?"),
        (["check", "nowhere"], "'nowhere' does not exist"),
        (["check", "--formt", "json"], "--format"),
        (["check", "--format", "xml"], "sarif"),
        (["check", "--explain", "unknown-componnt"], "did you mean `unknown-component`?"),
        (["check", "--language", "de"], "there is no edition `de`"),
        (["check", "--root", "../elsewhere"], "`root` leaves the course folder"),
        (["check", "--address", "nowhere"], "https://example.org/course/"),
        (["check", "--output", "no/such/folder/x.json"], "no/such/folder"),
        (["build", "--jobs", "0"], "--jobs"),
        (["serve", "--port", "99999"], "--port"),
        (["build", "--remote-images", "never"], "load"),
    ],
)
def test_wrong_use_is_told_with_a_cause_and_an_action(
    folder, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(folder(CLEAN))
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_explain_tells_what_a_code_means() -> None:
    result = run("check", "--explain", "unknown-component")
    assert result.exit_code == 0
    assert result.stdout.startswith("error[unknown-component]: no component has this name\n\n")


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_each_setting_is_an_option_of_each_command(command: str) -> None:
    text = run(command, "--help").stdout
    flags = set(re.findall(r"--[a-z-]+", text))
    assert len(Settings.names()) <= len(flags)
    assert {"--title", "--language", "--own-address", "--remote-images", "--root"} <= flags


def test_settings_lists_every_setting() -> None:
    text, table = run("settings").stdout, run("settings", "--format", "markdown").stdout
    assert table.startswith("| setting | default | meaning |\n|---|---|---|\n")
    for name in Settings.names():
        assert re.search(rf"^{name}\b", text, re.MULTILINE)
        assert f"| `{name}` |" in table


def test_options_reach_the_course(folder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    whole = pipeline.check
    monkeypatch.setattr(
        pipeline,
        "check",
        lambda place, overrides, **more: seen.update(overrides) or whole(place, overrides, **more),
    )
    run("check", folder(CLEAN), "--title", "T", "--own-address", "/a", "--own-address", "/b")
    assert seen == {"title": "T", "own_addresses": ("/a", "/b")}


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (ValueError("surprise"), 3, "this is a fault of `course` itself"),
        (KeyError("x"), 3, "KeyError: 'x'"),
        (PermissionError(13, "Permission denied", "x.sqlite"), 2, "`x.sqlite`: permission denied"),
        (OSError(28, "No space left on device"), 2, "the disk is full"),
        (OSError(5, "Input/output error"), 3, "fault of `course` itself"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_exceptions_become_exit_codes(
    folder, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "check", fail)
    result = run("check", folder(CLEAN))
    assert (result.exit_code, says in result.stderr) == (code, True), result.stderr
    assert "Traceback" not in result.stderr
    assert ("Traceback" in run("check", folder(CLEAN), "--traceback").stderr) is (code != 130)


def test_build_writes_the_site_and_tells_about_it(folder, tmp_path: Path) -> None:
    site = tmp_path / "site"
    result = run("build", folder(FAULTY), "-o", site, "--jobs", "1")
    assert result.exit_code == 1
    assert (site / "index.html").is_file()
    assert "Small course: 1 page in 1 language\n" in result.stdout
    assert "chapters/en/a/1.mdx:3:1: error[unknown-component]" in result.stdout
    assert f"{site}/ in " in result.stdout
    assert re.search(r"^Publishing: 1 of 1$", result.stderr, re.MULTILINE)


def test_build_of_no_course_writes_nothing(folder, tmp_path: Path) -> None:
    result = run("build", folder({"README.md": "# x\n"}), "-o", tmp_path / "site")
    assert (result.exit_code, (tmp_path / "site").exists()) == (1, False)
    assert "error[no-course]" in result.stdout


def test_build_does_not_replace_what_is_no_site(folder, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers/thesis.txt").write_text("years of work")
    result = run("build", folder(CLEAN), "-o", tmp_path / "papers")
    assert (result.exit_code, (tmp_path / "papers/thesis.txt").read_text()) == (2, "years of work")
    assert "papers" in result.stderr


def test_build_tells_the_publishers_findings_too(
    folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []

    def publish(build, destination: Path, **_more: object):
        from site_builder.diagnostics.diagnostic import Finding  # noqa: PLC0415

        found.append(destination)
        return (
            Finding(
                "not-found-by-search", build.course.original.pages[0].source.whole, "`words` is not found"
            ),
        )

    monkeypatch.setattr(publication, "publish", publish)
    result = run("build", folder(CLEAN), "-o", tmp_path / "site")
    assert (result.exit_code, found) == (1, [tmp_path / "site"])
    assert "warning[not-found-by-search]: `words` is not found" in result.stdout


def test_serve_tells_where_and_what_is_new(folder, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder(CLEAN)

    def serve(
        where: Path, overrides: dict[str, object], *, host: str, port: int, ready, report, progress
    ) -> None:
        assert (where, overrides, host, port) == (place, {"title": "T"}, "127.0.0.1", 8001)
        progress("Reading", 1, 1)
        report(pipeline.check(where)[1])
        ready("http://127.0.0.1:8001/")
        folder(FAULTY)
        report(pipeline.check(where)[1])
        report(pipeline.check(where)[1])

    monkeypatch.setattr(live_site, "serve", serve)
    result = run("serve", place, "--port", "8001", "--title", "T")
    assert result.exit_code == 0
    assert "ready: http://127.0.0.1:8001/" in result.stdout
    assert result.stdout.count("error[unknown-component]") == 1
    assert len(re.findall(r"^\d\d:\d\d:\d\d 1 error", result.stdout, re.MULTILINE)) == 2


def test_serve_of_no_course_is_wrong_use(folder) -> None:
    result = run("serve", folder({"README.md": "# x\n"}), "--port", "0")
    assert (result.exit_code, "no edition was found" in result.stderr) == (2, True)


def test_serving_the_network_is_told(folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_site, "serve", lambda *_arguments, **_more: None)
    place = folder(CLEAN)
    assert "other machines" in run("serve", place, "--host", "0.0.0.0").stderr  # noqa: S104 - what is tested
    assert "other machines" not in run("serve", place, "--host", "::1").stderr


# ---- as a process ----------------------------------------------------------------------------------


def process(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "site_builder.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **more)


def test_the_program_ends_with_its_exit_codes(folder) -> None:
    assert process("check", folder(CLEAN)).returncode == 0
    assert process("check", folder(FAULTY)).returncode == 1
    assert process("check", "nowhere").returncode == 2


def test_checking_loads_no_mkdocs_and_help_next_to_nothing(folder) -> None:
    code = "import sys\nfrom site_builder.cli.main import course\ntry:\n    course({!r})\nexcept SystemExit:\n    pass\nprint('loaded:', *sys.modules)"
    loaded = {}
    for name, arguments in {"check": ["check", str(folder(CLEAN))], "help": ["--help"]}.items():
        result = subprocess.run(
            [sys.executable, "-c", code.format(arguments)],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        loaded[name] = set(result.stdout.rpartition("loaded:")[2].split())
    assert not {"mkdocs", "material", "jinja2"} & loaded["check"]
    assert "site_builder.parse.stage" in loaded["check"]
    assert not {"yaml", "markdown_it", "babel", "rich", "msgspec", "mkdocs"} & loaded["help"]


def test_a_reader_who_stops_reading_is_no_fault(folder) -> None:
    pages = {f"chapters/en/a/{number}.mdx": "# T\n\n" + "<Tipp>\nx\n</Tipp>\n" * 200 for number in range(20)}
    toctree = "- title: One\n  sections:\n" + "".join(
        f"  - local: a/{number}\n    title: T\n" for number in range(20)
    )
    place = folder({**pages, "chapters/en/_toctree.yml": toctree})
    command = f"{sys.executable} -m site_builder.cli.main check {place} | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, check=True)  # noqa: S602 - a pipe is what is tested
    assert result.stdout.startswith("error[unknown-component]")
    assert result.stderr == ""


def test_an_interrupt_ends_serving_with_its_code(folder) -> None:
    command = [sys.executable, "-m", "site_builder.cli.main", "serve", str(folder(CLEAN)), "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdout is not None
        deadline = time.monotonic() + 40
        while "ready" not in running.stdout.readline():
            assert time.monotonic() < deadline
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
    assert (running.returncode, "Traceback" in errors) == (130, False)
