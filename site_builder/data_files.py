"""Floor 0: where the files that are no code lie, in an installed package and in the repository."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def assets_folder() -> Path:
    """Give the folder of what browsers get: styles, scripts, theme overrides, pictures."""
    return _folder("assets")


def translations_folder() -> Path:
    """Give the folder of the gettext catalogs, one folder a language."""
    return _folder("translations")


def _folder(name: str) -> Path:
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
