"""The settings of a course: declared once, with help, for the plugin, the command line and the manual."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


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

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all settings, in the order of the manual."""
        return tuple(each.name for each in fields(cls))
