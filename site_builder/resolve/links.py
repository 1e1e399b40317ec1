"""Pass: links and pictures get their targets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import relpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.document import Target
from site_builder.resolve.course_paths import (
    Paths,
    as_written,
    file_at,
    folders,
    joined,
    paths_of,
    without_ending,
)
from site_builder.resolve.headings import slug
from site_builder.resolve.link_shapes import SCHEMES, Complaint, healed, scheme_of
from site_builder.resolve.own_addresses import HUB, guess_own_addresses

if TYPE_CHECKING:
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page
    from site_builder.model.document import Document

__all__ = ["guess_own_addresses", "set_targets"]

_HUB_FOLDERS = frozenset(
    [
        "docs",
        "learn",
        "course",
        "datasets",
        "models",
        "spaces",
        "blog",
        "papers",
        "tasks",
        "join",
        "login",
        "settings",
        "pricing",
        "organizations",
        "collections",
        "new",
        "chat",
        "posts",
        "inference-endpoints",
        "inference",
        "enterprise",
        "support",
        "welcome",
        "front",
        "privacy",
        "terms-of-service",
        "huggingface",
    ]
)
_MOST_NAMED = 4
_NO_PAGE_HELP = "write the path of a page, such as `../chapter2/1`, or a whole URL"


@dataclass(frozen=True)
class Place:
    """Where links stand: a page of an edition."""

    page: Page
    paths: Paths

    @property
    def atlas(self) -> Atlas:
        """The edition's atlas."""
        return self.paths.atlas


@dataclass(frozen=True)
class Lead:
    """Where an address leads, and what is wrong with it."""

    target: Target
    complaint: Complaint | None = None


_DEAD = Target("dead")


def set_targets(document: Document, page: Page, atlas: Atlas) -> tuple[Document, tuple[Finding, ...]]:
    """Set for each address of the document where it leads."""
    if not document.references:
        return document, ()
    place = Place(page, paths_of(atlas))
    leads: dict[tuple[str, bool], Lead] = {}
    findings = []
    for reference in document.references:
        key = reference.address, reference.kind == "link"
        if key not in leads:
            leads[key] = _lead(*key, place)
        complaint = leads[key].complaint
        if complaint:
            findings.append(Finding(complaint.code, reference.span, complaint.message, complaint.help))
    targets = {address: lead.target for (address, _), lead in leads.items()}
    return replace(document, targets=targets), tuple(findings)


def _lead(written: str, is_link: bool, place: Place) -> Lead:  # noqa: FBT001 - the only two kinds
    address, complaint = healed(written)
    if not address:
        return Lead(_DEAD, complaint)
    scheme = scheme_of(address)
    if scheme and scheme not in SCHEMES:
        message = f"`{scheme}:` is no scheme that links may have"
        return Lead(_DEAD, Complaint("unsafe-link", message, "write an address that begins with `https://`"))
    if address.startswith("//"):
        address, scheme = f"https:{address}", "https"
    if scheme:
        found = (
            _own_url(address, place)
            if is_link and scheme in {"http", "https"}
            else Lead(Target("outside", address))
        )
    else:
        found = _inside(address, written, is_link, place)
    return found if complaint is None else replace(found, complaint=complaint)


def _own_url(address: str, place: Place) -> Lead:
    """Lead a whole URL to a page of this course where it means one."""
    path = _behind_own(address, place)
    if path is None:
        return Lead(Target("outside", address))
    return _own_page(path, address, Target("outside", address), place)


def _behind_own(address: str, place: Place) -> str | None:
    """Give what stands behind the prefix that means this course, or `None` where none does."""
    plain = address.replace("http://", "https://", 1).replace("https://www.", "https://", 1)
    forms = (plain, plain.removeprefix(HUB)) if plain.startswith(f"{HUB}/") else (plain,)
    for prefix in place.atlas.own_addresses:
        for form in forms:
            rest = form.removeprefix(prefix)
            if rest != form and (not rest or rest[0] in "/#?"):
                return rest
    return None


def _own_page(rest: str, written: str, otherwise: Target, place: Place) -> Lead:
    """Lead to the page at `rest` of this course's own addresses."""
    path, fragment = _split(rest)
    target = place.paths.lead(path)
    if target is not None:
        return _anchored(target, fragment, place)
    if place.paths.names_other_language(path):
        return Lead(Target("outside", HUB + written if written.startswith("/") else written))
    near = place.paths.near(path)
    action = f"did you mean `{written[: len(written) - len(rest)]}/{near}`?" if near else _NO_PAGE_HELP
    return Lead(otherwise, Complaint("dead-link", f"the course has no page `{path.strip('/')}`", action))


def _split(address: str) -> tuple[str, str]:
    """Give an address' path and its fragment, both decoded; a query says nothing to a static page."""
    path, _, fragment = address.partition("#")
    return unquote(path.partition("?")[0]), unquote(fragment)


def _inside(address: str, written: str, is_link: bool, place: Place) -> Lead:  # noqa: FBT001 - the only two kinds
    path, fragment = _split(address)
    if not path:
        return _on_this_page(fragment, place)
    if not is_link:
        return _file(path, place)
    if path.startswith("/"):
        return _absolute(address, path, fragment, place)
    for base in (_in_edition(path, place), path):
        target = place.paths.lead(base) if not base.startswith("..") else None
        if target is not None:
            return _anchored(target, fragment, place)
    found = _file(path, place)
    if found.target.kind == "file" or (found.complaint and found.complaint.code == "outside-course"):
        return replace(found, target=replace(found.target, fragment=fragment))
    return found if _is_file_name(path) else Lead(_DEAD, _no_page(path, written, place))


def _in_edition(path: str, place: Place) -> str:
    """Give a path relative to the page as one relative to the edition; above the edition stand the languages."""
    here = place.page.id.rpartition("/")[0]
    full = joined(here or ".", path)
    if full.startswith("../") and not full.startswith("../../"):
        return full[3:] if full[3:].partition("/")[0] in place.atlas.languages else full
    return "" if full == "." else full


def _is_file_name(path: str) -> bool:
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2] if "." in name.strip(".") else ""
    return bool(ending) and without_ending(name) == name and ending.isalnum() and not ending.isdigit()


def _no_page(path: str, written: str, place: Place) -> Complaint:
    base = _in_edition(path, place)
    near = place.paths.near(base) or place.paths.near(path)
    parts = path.split("/")
    if near:
        action = f"did you mean `{as_written(near, place.page)}`?"
    elif len(parts) == 2 and "." not in parts[0] and not place.paths.begins(parts[0]):  # noqa: PLR2004 - `owner/name`
        action = f"write a whole URL, such as `{HUB}/owner/name` for a model of the hub"
    else:
        action = _NO_PAGE_HELP
    return Complaint("dead-link", f"`{written.partition('#')[0]}` leads to no page of the course", action)


def _absolute(address: str, path: str, fragment: str, place: Place) -> Lead:
    behind = _behind_own(address, place)
    if behind is not None:
        return _own_page(behind, address, _DEAD, place)
    target = place.paths.lead(path)
    if target is not None:
        return _anchored(target, fragment, place)
    found = _file(path, place)
    if found.target.kind == "file":
        return found
    if path.strip("/").partition("/")[0] in _HUB_FOLDERS:
        return Lead(Target("outside", HUB + address))
    if _is_file_name(path):
        return found
    return Lead(_DEAD, _no_page(path.lstrip("/"), address, place))


def _file(path: str, place: Place) -> Lead:
    """Lead to a file of the course."""
    here, edition, root = folders(place.page)
    files = place.atlas.files
    if path.startswith("/"):
        found = file_at((root, ".", edition), path.lstrip("/"), files)
    else:
        found = file_at((here, edition, root, "."), path, files)
    if found is not None:
        return Lead(Target("file", found))
    if path.startswith("/") and path.split("/")[1] in _HUB_FOLDERS:
        return Lead(Target("outside", HUB + quote(path, errors="replace")))
    if joined(here, path).split("/")[0] == "..":
        return Lead(
            _DEAD,
            Complaint(
                "outside-course", f"`{path}` lies outside the course folder", "put the file beside the page"
            ),
        )
    alike = (relpath(each, here) for each in files if each.rpartition(".")[2] == path.rpartition(".")[2])
    action = did_you_mean(path, alike) or f"put the file into `{here}`, or write a whole URL"
    return Lead(_DEAD, Complaint("missing-file", f"there is no file `{path}`", action))


def _on_this_page(fragment: str, place: Place) -> Lead:
    known = place.atlas.anchors.get(place.page.id)
    if known is None or not fragment or fragment in known or fragment == "top":
        return Lead(Target("here", fragment=fragment))
    meant = _meant(fragment, known)
    return Lead(Target("here", fragment=meant), _no_anchor(fragment, known, "this page"))


def _anchored(target: Target, fragment: str, place: Place) -> Lead:
    """Lead to a heading of a page, or to the page's top where it has none of that id."""
    id_ = place.paths.page(target.address) if target.kind == "page" else None
    known = place.atlas.anchors.get(id_) if id_ else None
    if known is None or not fragment or fragment in known:
        return Lead(replace(target, fragment=fragment))
    return Lead(replace(target, fragment=_meant(fragment, known)), _no_anchor(fragment, known, f"`{id_}`"))


def _meant(fragment: str, known: frozenset[str]) -> str:
    """Give the id that differs from a dead one in its writing alone, or an empty string."""
    same = slug(fragment)
    return same if same in known else ""


def _no_anchor(fragment: str, known: frozenset[str], where: str) -> Complaint:
    some = ", ".join(f"`#{id_}`" for id_ in sorted(known, key=lambda each: (len(each), each))[:_MOST_NAMED])
    action = did_you_mean(fragment, sorted(known)) or (f"it has {some}" if some else "leave the anchor out")
    return Complaint("dead-anchor", f"{where} has no heading `#{fragment}`", action)
