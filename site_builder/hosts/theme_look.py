"""The look that an author's `theme` asks for, as far as it can be shown: a wrong value counts as not written."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from site_builder.discover.folder_tree import refusal

_PLAIN = re.compile(r"[\w\s():,./-]{1,100}")
_NAME = re.compile(r"[\w-]+(/[\w-]+)*")
_MOST = 100


def look_of(theme: object, folder: Path) -> dict[str, Any]:
    """Give what is understood of `theme`: `features`, `palette`, `icon`, `custom_dir`, and a `logo` and `favicon` from there.

    Args:
        theme: the value as written in `mkdocs.yml`; anything at all.
        folder: the real course folder. A `custom_dir` that leaves it, or has links in it, is not used.
    """
    if not isinstance(theme, dict):
        return {}
    look: dict[str, Any] = {}
    custom = custom_folder(theme.get("custom_dir"), folder)
    if custom:
        look["custom_dir"] = custom.relative_to(folder).as_posix()
        look |= {name: theme[name] for name in ("favicon", "logo") if _is_file_of(custom, theme.get(name))}
    features = theme.get("features")
    if isinstance(features, list):
        look["features"] = [each for each in features[:_MOST] if _is_plain(each)]
    places = [Path(each) / ".icons" for each in (_material(), custom) if each]
    if palette := _palette(theme.get("palette"), places):
        look["palette"] = palette
    icons = theme.get("icon")
    if isinstance(icons, dict):
        look["icon"] = {key: icon for key, icon in icons.items() if _is_plain(key) and _is_icon(icon, places)}
    return look


def custom_folder(path: object, folder: Path) -> Path | None:
    """Give the author's folder of templates, or `None`: it must lie in the course, and no link be in it.

    A link could publish a file from elsewhere under the name of one of the theme's.
    """
    if (
        not isinstance(path, str)
        or not path
        or "\0" in path
        or Path(path).is_absolute()
        or refusal(folder, path)
    ):
        return None
    found = (folder / path).resolve()
    if not found.is_dir() or found == folder or any(each.is_symlink() for each in found.rglob("*")):
        return None
    return found


def _palette(given: object, icons: list[Path]) -> list[dict[str, Any]]:
    """Give the looks between which readers switch, those with an icon alone; one look needs no switch."""
    listed = given if isinstance(given, list) else []
    looks = []
    for each in listed[:_MOST]:
        toggle = each.get("toggle") if isinstance(each, dict) else None
        if isinstance(toggle, dict) and _is_icon(toggle.get("icon"), icons):
            plain = {key: each[key] for key in ("media", "scheme") if _is_plain(each.get(key))}
            looks.append(
                {**plain, "primary": "custom", "accent": "custom", "toggle": {"icon": toggle["icon"]}}
            )
    return looks


def _is_plain(value: object) -> bool:
    return isinstance(value, str) and _PLAIN.fullmatch(value) is not None


def _is_icon(name: object, places: list[Path]) -> bool:
    return (
        isinstance(name, str)
        and _NAME.fullmatch(name) is not None
        and any((place / f"{name}.svg").is_file() for place in places)
    )


def _is_file_of(custom: Path, path: object) -> bool:
    return (
        isinstance(path, str)
        and _PLAIN.fullmatch(path) is not None
        and path.startswith("assets/")
        and ".." not in path.split("/")
        and (custom / path).is_file()
    )


def _material() -> Path | None:
    spec = find_spec("material")
    return Path(spec.origin).parent / "templates" if spec and spec.origin else None
