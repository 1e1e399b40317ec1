"""A small course in three languages, and what its site holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from site_builder.hosts.publication import publish
from site_builder.pipeline import build

COURSE = Path(sys.executable).parent / "course"
MKDOCS = Path(sys.executable).parent / "mkdocs"

_PAGE = """# {title}

{text} See [the next](2.mdx) and ![a square](../../en/pictures/square.svg).

## Part of {title}

```python
print("{title}")
```
"""


def _outline(chapter: str, **titles: str) -> str:
    pages = "".join(f"  - local: one/{name[1:]}\n    title: {title}\n" for name, title in titles.items())
    return f"- title: {chapter}\n  sections:\n{pages}"


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4H0z"/></svg>'

FILES = {
    "README.md": "# Of squares\n",
    "chapters/en/_toctree.yml": _outline("Squares", p1="First", p2="Second"),
    "chapters/en/one/1.mdx": _PAGE.format(title="First", text="Rectangles of equal sides."),
    "chapters/en/one/2.mdx": _PAGE.format(title="Second", text="Diagonals are longer."),
    "chapters/en/pictures/square.svg": SQUARE,
    "chapters/fr/_toctree.yml": _outline("Carrés", p1="Premier"),
    "chapters/fr/one/1.mdx": _PAGE.format(title="Premier", text="Quatre angles droits."),
    "chapters/fa/_toctree.yml": _outline("مربع", p2="دوم"),
    "chapters/fa/one/2.mdx": _PAGE.format(title="دوم", text="قطر بلندتر است."),
}
"""One page is not translated into French, another not into Persian."""


def write_course(folder: Path, extra: dict[str, str] | None = None) -> Path:
    """Write the small course, and `extra` files, into `folder`."""
    for path, text in {**FILES, **(extra or {})}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def program(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `course` or another program in `cwd`; the cache lies there unless the environment says otherwise."""
    return subprocess.run(
        [str(each) for each in arguments],
        cwd=cwd,
        env={**os.environ, "COURSE_CACHE": str(cwd / "kept"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def build_site(course: Path, site: Path, *, jobs: int = 1, cache: bool = False) -> dict[str, str]:
    """Build `course` into `site`, and give its `contents`; what is kept lies where `COURSE_CACHE` says."""
    publish(build(course, jobs=jobs, cache=cache), site, jobs=jobs)
    return contents(site)


def contents(site: Path) -> dict[str, str]:
    """Give a digest of each file below `site`."""
    return {
        file.relative_to(site).as_posix(): sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def written(site: Path) -> dict[str, tuple[int, int]]:
    """Give when each file of `site` was written, and which it is."""
    return {
        file.relative_to(site).as_posix(): (file.stat().st_mtime_ns, file.stat().st_ino)
        for file in sorted(site.rglob("*"))
    }


def index_of(site: Path, edition: str = "") -> list[dict[str, str]]:
    """Give the entries of an edition's search index."""
    found = json.loads((site / edition / "search" / "search_index.json").read_text("utf-8"))
    return list(found["docs"])
