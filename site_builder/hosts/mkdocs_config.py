"""The MkDocs configuration of an edition, from the course's `mkdocs.yml` or from nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from site_builder.data_files import assets_folder
from site_builder.hosts.mkdocs_file import author_look
from site_builder.hosts.sitemap import edition_path

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.model.course import Course

FEATURES = ("content.code.copy", "navigation.footer", "navigation.top", "toc.follow", "search.highlight")

THEME = {
    "name": "material",
    "font": False,
    "favicon": "assets/pictures/favicon.svg",
    "logo": "assets/pictures/logo.svg",
    "features": list(FEATURES),
    "palette": [
        {
            "media": media,
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": icon, "name": name},
        }
        for media, scheme, icon, name in (
            ("(prefers-color-scheme)", "default", "material/brightness-auto", "system"),
            ("(prefers-color-scheme: light)", "default", "material/weather-sunny", "light"),
            ("(prefers-color-scheme: dark)", "slate", "material/weather-night", "dark"),
        )
    ],
}
"""The look where `mkdocs.yml` says nothing; the words of the palette's switch are in the templates."""


def load(course: Course, place: Path) -> MkDocsConfig:
    """Give the validated configuration of the course.

    Args:
        course: the course; the look is read from its `mkdocs.yml` where there is one.
        place: an empty folder. MkDocs wants one for documents, in which it then finds none.

    Raises:
        ConfigurationError: MkDocs refuses the look; the message says each fault.
    """
    look = author_look(course.folder)
    (place / "documents").mkdir(exist_ok=True)
    config = MkDocsConfig(config_file_path=str(course.folder / "mkdocs.yml"))
    config.load_dict(
        {
            **look,
            "site_name": course.title,
            "docs_dir": str(place / "documents"),
            "site_dir": str(place / "site"),
            "theme": {**THEME, **look.get("theme", {})},
            "plugins": ["course"],
        }
    )
    errors, warnings = config.validate()
    for name, warning in warnings:
        logging.getLogger("mkdocs").warning("mkdocs.yml: %s: %s", name, warning)
    if errors:
        raise ConfigurationError("; ".join(f"mkdocs.yml: `{name}`: {error}" for name, error in errors))
    return config


def dress(config: MkDocsConfig, course: Course, language: str, material: str) -> None:
    """Make `config` that of one edition; `material` is the language file of the theme.

    Our templates come after the author's own and before Material's.
    """
    ours = str(assets_folder() / "theme")
    if ours not in config.theme.dirs:
        place = next(
            (at for at, each in enumerate(config.theme.dirs) if each.endswith("material/templates")), 0
        )
        config.theme.dirs.insert(place, ours)
    edition = course.edition(language)
    config.theme["language"] = material
    config.theme["direction"] = edition.direction
    # Without an address MkDocs takes the path alone, for the links of the 404 page.
    config.site_url = f"{course.settings.address.rstrip('/')}/{edition_path(course, language)}"
    config.site_name = course.title
