"""The course folder to the folder of its editions, and to the folders that are editions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.discover.folder_tree import Tree, scan
from site_builder.discover.languages import is_edition_name, language_of, looks_like_tag
from site_builder.model.source import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

    from site_builder.discover.course_settings import Given

ROOTS = ("chapters", "units", "notebooks", ".")
OUTLINE = "_toctree.yml"
MEDIA = frozenset({
    "assets", "audio", "data", "figures", "files", "images", "img", "imgs", "media", "pictures", "public", "resources",
    "sounds", "static", "video", "videos",
})  # fmt: skip
"""Folders that hold what pages show."""


def scan_course(folder: Path, root: str) -> tuple[str, Tree]:
    """Find the folder of the editions, `root` if it is given, and list its files and those of media folders beside it."""
    for candidate in (root,) if root else ROOTS:
        if not any((folder / candidate).glob(f"*/{OUTLINE}")):
            continue
        tree = scan(folder, (candidate,))
        if any(join(candidate, name, OUTLINE) in tree.files for name in tree.children(candidate)) or root:
            break
    else:
        candidate = root or "."
        tree = (
            scan(folder, (candidate,))
            if root
            else scan(folder, tuple(each for each in ROOTS[:-1] if (folder / each).is_dir()))
        )
    if candidate == ".":
        return candidate, tree
    beside = sorted(each for each in MEDIA if (folder / each).is_dir() and each != candidate)
    more = scan(folder, tuple(beside))
    return candidate, Tree(
        tree.folder, tree.files + more.files, tree.folders + more.folders, tree.refused | more.refused
    )


def join(*parts: str) -> str:
    """Join paths with slashes; `.` and empty parts vanish."""
    return "/".join(part for part in parts if part not in ("", "."))


def place(path: str) -> Span:
    """Give the span that stands for a file or a folder as a whole; a folder's path ends in `/`."""
    return Source(path, "").whole


def find_editions(tree: Tree, root: str, given: Given) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """Give the names of the editions' folders, the original first, and what is wrong with the folders."""
    found: list[Finding] = []
    files = set(tree.files)
    editions: list[str] = []
    for name in tree.children(root):
        if join(root, name, OUTLINE) in files:
            if _is_usable(root, name, found):
                editions.append(name)
        elif name not in MEDIA and (root != "." or looks_like_tag(name)):
            found.append(
                Finding(
                    "no-outline", place(join(root, name) + "/"), f"`{name}` has no `{OUTLINE}` and is skipped"
                )
            )
    if not editions:
        looked = (
            f"in `{root}/`"
            if given.settings.root
            else "in `chapters/`, `units/`, `notebooks/` or the folder itself"
        )
        advice = f"make a folder for a language, with pages and `{OUTLINE}`, such as `chapters/en/{OUTLINE}`"
        found.append(
            Finding(
                "no-course",
                given.places.get("root") or place(f"{root}/"),
                f"no edition was found {looked}",
                advice,
            )
        )
        return (), tuple(found)
    original = _original(tuple(editions), given, found)
    chosen = _chosen(tuple(editions), given, found)
    return (original, *(each for each in chosen if each != original)), tuple(found)


def _is_usable(root: str, name: str, found: list[Finding]) -> bool:
    span = place(join(root, name) + "/")
    if not is_edition_name(name):
        advice = "name the folder by a tag such as `pt-BR`"
        found.append(Finding("language-tag", span, f"`{name}` cannot be an address and is skipped", advice))
        return False
    language = language_of(name)
    if language.oddity:
        found.append(Finding("language-tag", span, language.oddity, language.advice))
    return True


def _original(editions: tuple[str, ...], given: Given, found: list[Finding]) -> str:
    wanted = given.settings.original
    exact = _same(wanted, editions)
    if exact:
        return exact
    variants = [each for each in editions if each.split("-")[0].lower() == wanted.split("-")[0].lower()]
    stand_in = (variants or list(editions))[0]
    if len(editions) > 1 or "original" in given.named:
        span = given.places.get("original") or place(".")
        advice = did_you_mean(wanted, editions) or "set `original` to the language that the others translate"
        found.append(
            Finding("no-original", span, f"there is no edition `{wanted}`: `{stand_in}` stands in", advice)
        )
    return stand_in


def _chosen(editions: tuple[str, ...], given: Given, found: list[Finding]) -> tuple[str, ...]:
    wanted = given.settings.languages
    if not wanted:
        return editions
    span = given.places.get("languages") or place(".")
    chosen: dict[str, None] = {}
    for tag in wanted:
        name = _same(tag, editions)
        if name:
            chosen[name] = None
        else:
            advice = did_you_mean(tag, editions) or "there are " + ", ".join(f"`{each}`" for each in editions)
            found.append(Finding("bad-setting", span.find(tag), f"there is no edition `{tag}`", advice))
    return tuple(chosen)


def _same(tag: str, editions: tuple[str, ...]) -> str:
    if tag in editions:
        return tag
    return next((each for each in editions if each.lower() == tag.lower()), "")
