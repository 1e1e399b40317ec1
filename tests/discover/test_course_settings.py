"""Settings of a course: what `mkdocs.yml` says, what is wrong in it and where."""

from __future__ import annotations

import pytest

from site_builder.discover.course_settings import read_settings
from site_builder.model.settings import Settings
from site_builder.model.source import Source


def read(text: str, **overrides: object):
    given = read_settings(Source("mkdocs.yml", text), overrides)
    return given.settings, [
        (each.span.line, each.span.text, each.message, each.help) for each in given.findings
    ]


def block(text: str) -> str:
    return "plugins:\n  - search\n  - course:\n" + "".join(f"      {line}\n" for line in text.splitlines())


def test_without_a_file_all_settings_have_their_defaults() -> None:
    assert read_settings(None).settings == Settings()


def test_the_plugins_block_and_mkdocs_own_settings_are_read() -> None:
    settings, findings = read(
        "site_name: Name\nsite_url: https://example.org/c/\nrepo_url: https://example.org/r\nsite_description: About\n"
        + block("original: fr\nlanguages: [fr, 'no', pt-BR]\nremote_images: load\n")
    )
    assert findings == []
    assert settings == Settings(
        title="Name", description="About", original="fr", languages=("fr", "no", "pt-BR"),
        address="https://example.org/c/", repository="https://example.org/r", remote_images="load",
    )  # fmt: skip


def test_the_block_may_stand_in_a_mapping_of_plugins_and_wins() -> None:
    settings, findings = read("site_name: Name\nplugins:\n  search: {}\n  course:\n    title: Title\n")
    assert (settings.title, findings) == ("Title", [])


def test_norwegian_is_a_language() -> None:
    settings, findings = read(block("original: no\nlanguages: [no, en]"))
    assert (settings.original, settings.languages, findings) == ("no", ("no", "en"), [])


def test_tags_that_only_mkdocs_knows_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TEST_NAME", "From outside")
    settings, findings = read(
        "site_name: !ENV COURSE_TEST_NAME\nsite_url: !ENV [COURSE_NOT_THERE, 'https://example.org/']\n"
        "markdown_extensions:\n  - x:\n      f: !!python/name:os.system\n      g: !!python/object/apply:os.system ['exit 1']\n"
        "      h: !relative\n" + block("branch: !ENV [COURSE_NOT_THERE, dev]")
    )
    assert findings == []
    assert (settings.title, settings.address, settings.branch) == (
        "From outside",
        "https://example.org/",
        "dev",
    )


@pytest.mark.parametrize(
    ("line", "place", "message", "advice"),
    [
        ("langauges: [fr]", "langauges", "there is no setting `langauges`", "did you mean `languages`?"),
        ("colour: red", "colour", "there is no setting `colour`", "`course settings` lists the settings"),
        ("languages: fr", "fr", "`languages` is not a list", "write `languages: [fr]`"),
        ("languages: {a: b}", "{a: b}", "`languages` is not a list of texts", "write `languages: [a, b]`"),
        ("title: [a, b]", "[a, b]", "`title` is not a text", "write it on one line"),
        ("remote_images: lood", "lood", "`remote_images` is `lood`", "did you mean `load`?"),
        ("remote_images: 'no'", "'no'", "`remote_images` is `no`", "write `ask` or `load`"),
        ("address: example.org", "example.org", "`address` is no URL: `example.org`", "write it whole, such as `https://example.org/course/`"),
        ("repository: 'javascript:alert(1)'", "'javascript:alert(1)'", "`repository` is no URL: `javascript:alert(1)`",
         "write it whole, such as `https://example.org/course/`"),
        ("root: ../x", "../x", "`root` leaves the course folder", "name a folder inside the course folder, such as `chapters`"),
        ("branch: a b", "a b", "`branch` is no name of a branch: `a b`", "write it as Git does, such as `main`"),
        ("own_addresses: [learn]", "[learn]", "`own_addresses` has `learn`", "write a path such as `/learn/my-course`, or a whole URL"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_found_at_its_place(line: str, place: str, message: str, advice: str) -> None:
    _, findings = read(
        block("branch: main\n" + line) if not line.startswith("branch") else block("\n" + line)
    )
    assert findings == [(5, place, message, advice)]


def test_a_broken_line_is_found_and_the_rest_is_read() -> None:
    settings, findings = read("site_name: Name\nsite_author: a: b\n" + block("branch: dev"))
    assert (settings.title, settings.branch) == ("Name", "dev")
    assert [each[0] for each in findings] == [2]


def test_overrides_win_and_must_be_right() -> None:
    settings, findings = read(
        block("title: A\nbranch: dev"), title="B", languages=["fr"], address=None, root=""
    )
    assert (settings.title, settings.branch, settings.languages, findings) == ("B", "dev", ("fr",), [])
    with pytest.raises(ValueError, match="no setting `titel`"):
        read("", titel="x")
    with pytest.raises(ValueError, match="remote_images"):
        read("", remote_images="x")


def test_only_a_command_line_turns_the_sandbox_off() -> None:
    settings, findings = read(block("sandbox: off"))
    assert settings.sandbox == "auto"
    assert [(each[1], each[2]) for each in findings] == [("off", "`sandbox` is `off` in a file")]
    assert read("", sandbox="off")[0].sandbox == "off"


@pytest.mark.parametrize(
    "line",
    [
        "timeout: soon",
        "timeout: 0",
        "memory: much",
        "memory: 0G",
        "kernel: a b",
        "stand_ins: ../x",
        "kept_runs: /tmp",
        "sandbox: maybe",
    ],
)
def test_settings_of_running_are_looked_at(line: str) -> None:
    name, _, value = line.partition(": ")
    settings, findings = read(block(line))
    assert [each[1] for each in findings] == [value]
    assert getattr(settings, name) == getattr(Settings(), name)
