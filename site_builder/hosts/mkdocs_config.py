"""The MkDocs configuration of an edition, from the course's `mkdocs.yml` or from nothing."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from site_builder.data_files import assets_folder
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


def load(course: Course, documents: Path, destination: Path) -> MkDocsConfig:
    """Give the validated configuration of the course.

    Args:
        course: the course; its `mkdocs.yml` is read where there is one.
        documents: an empty folder, so that MkDocs finds no page by itself.
        destination: where the site is written.

    Raises:
        ConfigurationError: MkDocs refuses the file; the message says each fault.
    """
    file = course.folder / "mkdocs.yml"
    config = MkDocsConfig(config_file_path=str(file))
    if file.is_file():
        with file.open("rb") as stream:
            config.load_file(stream)
    given = dict(config.user_configs[-1]) if config.user_configs else {}
    config.load_dict(_completed(given, course, documents, destination))
    errors, warnings = config.validate()
    for name, warning in warnings:
        logging.getLogger("mkdocs").warning("mkdocs.yml: %s: %s", name, warning)
    if errors:
        raise ConfigurationError("; ".join(f"mkdocs.yml: `{name}`: {error}" for name, error in errors))
    return config


def _completed(
    given: dict[str, Any], course: Course, documents: Path, destination: Path
) -> dict[str, object]:
    """Give what must be so, and what is so where `given` says nothing."""
    theme = given.get("theme") or {}
    theme = {"name": theme} if isinstance(theme, str) else theme
    plugins = given.get("plugins")
    plugins = list(plugins.items() if isinstance(plugins, dict) else plugins or [])
    return {
        "site_name": course.title,
        "docs_dir": str(documents),
        "site_dir": str(destination),
        "site_url": course.settings.address or None,
        "theme": {**THEME, **theme},
        "plugins": [
            each if isinstance(each, (str, dict)) else {each[0]: each[1]}
            for each in plugins
            if not _is(each, "course", "search")
        ]
        + ["course"],
        "use_directory_urls": True,
    }


def _is(plugin: object, *names: str) -> bool:
    key = (
        plugin if isinstance(plugin, str) else next(iter(plugin)) if isinstance(plugin, (dict, tuple)) else ""
    )
    return key in names or key in {f"material/{name}" for name in names}


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
