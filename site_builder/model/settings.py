"""The settings of a course: declared once, with help, for the plugin, the command line and the manual."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from site_builder.model.quiz import EXPLANATIONS, SCORINGS


def _setting(default: Any, help_text: str, choices: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(default=default, metadata={"help": help_text, "choices": choices})


@dataclass(frozen=True)
class Settings:
    """What an author may say in the `course` plugin block of `mkdocs.yml`; every one has a default."""

    title: str = _setting("", "The site's title. Default: `site_name`, else the README's first heading.")
    description: str = _setting("", "A sentence or two on the course. Default: `site_description`.")
    original: str = _setting("en", "The language that the others translate, a BCP 47 tag.")
    languages: tuple[str, ...] = _setting((), "The editions to build. Default: every folder with an outline.")
    root: str = _setting(
        "", "The folder of the editions. Default: `chapters`, `units`, `notebooks` or the course folder."
    )
    address: str = _setting("", "Where the site will be published, a URL. Default: `site_url`.")
    repository: str = _setting(
        "",
        "The course's repository, a URL, for links to a page's source. Default: `repo_url`, else the clone's remote `origin`.",
    )
    branch: str = _setting("main", "The branch that links to a page's source name.")
    own_addresses: tuple[str, ...] = _setting(
        (),
        "Prefixes of links that mean this course, such as `/learn/audio-course`. Default: guessed from the links.",
    )
    remote_images: str = _setting(
        "ask",
        "`ask` shows pictures of other hosts after a click that is remembered; `load` shows them at once.",
        choices=("ask", "load"),
    )
    kept_runs: str = _setting(
        "",
        "The folder of kept runs. Default: `notebooks`, or `kept_runs` where the editions lie in `notebooks`.",
    )
    kernel: str = _setting("python3", "The Jupyter kernel that runs cells.")
    environment: str = _setting(
        "",
        "A lock file of the course (path relative to it): cells run again when it changes. Default: the versions of what they import.",
    )
    timeout: str = _setting("600", "How many seconds a cell may take.")
    memory: str = _setting("4G", "How much memory a page's kernel may use, such as `512M` or `4G`.")
    sandbox: str = _setting(
        "auto",
        "`required` runs cells in a sandbox or not at all; `auto` in a sandbox where there is one; `off` without, on the command line only.",
        choices=("auto", "required", "off"),
    )
    stand_ins: str = _setting(
        "",
        "A folder with datasets and models under their Hub ids, for running without a network. Its `before_cells.py` runs first.",
    )
    translated_cells: str = _setting(
        "keep",
        "Cells of a translation that differ from the original's in strings only: `keep` shows what the author wrote, `run` runs them.",
        choices=("keep", "run"),
    )
    cell_numbers: str = _setting("off", "Numbers beside cells, `on` or `off`.", choices=("off", "on"))
    jupyterlab: str = _setting(
        "",
        "The address of a JupyterLab that serves the repository, such as `http://localhost:8888`, for a button on each page with cells.",
    )
    quiz_server: str = _setting(
        "",
        "The address of the quiz server as browsers reach it, such as `https://quiz.example.org`. Default: none; every quiz is a self-check.",
    )
    graded: tuple[str, ...] = _setting(
        (),
        "The quizzes that the server grades, as page ids such as `chapter1/quiz`; `all` for those that the outline marks with `quiz:`.",
    )
    scoring: str = _setting(
        "exact",
        "What an answer is worth: `exact` all or nothing; `partial` right less wrong; `each` the share of choices decided rightly.",
        choices=SCORINGS,
    )
    attempts: str = _setting("0", "How often a graded quiz may be submitted, `0` for as often as one likes.")
    pass_mark: str = _setting("70", "How many percent of the points pass a quiz.")
    shuffle: str = _setting(
        "off",
        "`on` shows choices in another order to each learner; choices called A, B, C stay.",
        choices=("off", "on"),
    )
    explanations: str = _setting(
        "always",
        "When a graded quiz tells what is right and why: `always` after a submission, for what is `right`, after the `last` attempt, `never`.",
        choices=EXPLANATIONS,
    )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all settings, in the order of the manual."""
        return tuple(each.name for each in fields(cls))
