"""A course with a notebook among its chapters, whose cells made a figure, a drawing, a sound and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from made_notebooks import code, display, notebook, player, png, text
from small_course import SQUARE, write_course

if TYPE_CHECKING:
    from pathlib import Path

CHAPTER = "chapters/en/one/3.ipynb"
OUTLINE = (
    "- title: Squares\n  sections:\n  - {local: one/1, title: First}\n  - {local: one/3, title: Third}\n"
)
ACTIVE = SQUARE.replace("<path", "<script>alert(1)</script><path")


def usual() -> str:
    return notebook(
        text("# Third\n\nWhat cells made."),
        code("plt.title('Grey')", display(png=png(), plain="<Figure>")),
        code("draw()", display(svg=SQUARE)),
        code("refused()", display(svg=ACTIVE, plain="<Drawing>")),
        code("Audio(x)", display(html=player(), plain="<IPython.lib.display.Audio object>")),
    )


def write_notebook_course(folder: Path, chapter: str = "") -> Path:
    """Write the small course with a notebook as its third page."""
    return write_course(folder, {"chapters/en/_toctree.yml": OUTLINE, CHAPTER: chapter or usual()})
