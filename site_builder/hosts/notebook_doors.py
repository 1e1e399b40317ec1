"""Where a page's kept run can be opened: the addresses of Colab, Binder and a JupyterLab for a file of a repository."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from site_builder.model.settings import Settings

_REPOSITORY = re.compile(r"https?://(?:www\.)?([\w.-]+)/([\w.~/-]+?)(?:\.git)?/*")
_GITHUB, _GITLAB, _GIST = "github.com", "gitlab.com", "gist.github.com"


@dataclass(frozen=True)
class Door:
    """A place where a notebook opens: `name` is its own name, `url` the notebook's address there."""

    name: str
    url: str


def doors(settings: Settings, path: str) -> tuple[Door, ...]:
    """Give where the notebook at `path`, from the repository's root, can be opened.

    Args:
        settings: the course's settings: its repository, its branch, and a JupyterLab.
        path: the notebook's path in the repository.
    """
    found = _REPOSITORY.fullmatch(settings.repository)
    made = []
    if found:
        host, name = found[1].lower(), found[2].strip("/")
        branch, place = quote(settings.branch), quote(path)
        if host == _GITHUB and name.count("/") == 1:
            made.append(
                Door("Colab", f"https://colab.research.google.com/github/{name}/blob/{branch}/{place}")
            )
        if binder := _binder(host, name, settings.repository):
            ref = quote(settings.branch, safe="")
            made.append(Door("Binder", f"https://mybinder.org/v2/{binder}/{ref}?urlpath=lab/tree/{place}"))
    lab = settings.jupyterlab.rstrip("/")
    if re.match(r"https?://[^\s\"'<>]+$", lab):
        made.append(Door("JupyterLab", f"{lab.removesuffix('/lab')}/lab/tree/{quote(path)}"))
    return tuple(made)


def _binder(host: str, name: str, repository: str) -> str:
    """Give a repository as Binder's addresses name it; any other than these it clones by its address."""
    if host == _GITHUB:
        return f"gh/{name}" if name.count("/") == 1 else ""
    if host == _GITLAB:
        return f"gl/{quote(name, safe='')}"
    if host == _GIST:
        return f"gist/{name}"
    return f"git/{quote(repository.rstrip('/'), safe='')}" if repository.startswith("https:") else ""


def source_address(settings: Settings, path: str) -> str:
    """Give the page of a file at `path` in the repository on the web; empty where no repository is known."""
    repository = settings.repository.rstrip("/")
    return f"{repository}/blob/{settings.branch}/{path}" if repository else ""


def raw_address(settings: Settings, path: str) -> str:
    """Give where a file at `path` in the repository can be loaded from; empty where no repository is known."""
    repository = settings.repository.rstrip("/")
    found = _REPOSITORY.fullmatch(repository)
    if not found:
        return ""
    host = found[1].lower()
    way = {_GITHUB: "raw", _GITLAB: "-/raw"}.get(host, "raw/branch" if "codeberg" in host else "raw")
    return f"{repository}/{way}/{settings.branch}/{path}"
