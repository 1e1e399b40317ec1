"""Import names to the packages that provide them; also run as a program by interpreters that are not ours.

It needs the standard library of Python 3.8 alone.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def packages_of(names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Give for each import name the (distribution, version) pairs that provide it; modules of no package have none.

    As `importlib.metadata.packages_distributions`, which reads the files of everything that is installed: most packages are
    called as they are imported, and only those that are not are looked for.
    """
    known = frozenset(getattr(sys, "stdlib_module_names", sys.builtin_module_names))
    found: dict[str, list[tuple[str, str]]] = {}
    unknown = []
    for name in sorted(set(names) - known):
        found[name] = []
        if not name.isidentifier() or PathFinder.find_spec(name) is None:
            continue
        namesake = _namesake(name)
        if namesake is None:
            unknown.append(name)
        else:
            found[name].append(_told(namesake))
    for each in distributions() if unknown else ():
        text = _contents(each)
        for name in unknown:
            if _holds(text, name) and _told(each) not in found[name]:
                found[name].append(_told(each))
    return {name: sorted(each) for name, each in found.items()}


def _namesake(name: str) -> Distribution | None:
    try:
        found = distribution(name)
    except (PackageNotFoundError, ValueError):
        return None
    return found if _holds(_contents(found), name) else None


def _contents(each: Distribution) -> str:
    """Give a package's top-level names and files, a line each."""
    return "\n".join(each.read_text(file) or "" for file in ("top_level.txt", "RECORD"))


def _holds(contents: str, name: str) -> bool:
    return (
        re.search(rf"^{re.escape(name)}(?:/|\.py,|\.[\w-]+\.(?:so|pyd),|$)", contents, re.MULTILINE)
        is not None
    )


def _told(each: Distribution) -> tuple[str, str]:
    return str(each.metadata["Name"]), str(each.version)


def main() -> None:
    """Print what the names on the command line are provided by, and Python's minor version, as JSON."""
    del sys.path[0]  # this file's own folder
    python = "{}.{}".format(*sys.version_info)
    print(json.dumps({"python": python, "packages": packages_of(sys.argv[1:])}))  # noqa: T201 - its answer


if __name__ == "__main__":
    main()
