"""The page for instructors: plain files, which ask the server's other addresses for all they show."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from site_builder.data_files import assets_folder
from site_builder.quiz.serving.problems import Problem

ROUTES = APIRouter(include_in_schema=False)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""What the page may load: what this server has, and nothing that is written into it."""

_OURS = Path(__file__).parent / "instructor"

_FILES = {
    "figures.js": (_OURS, "text/javascript"),
    "page_parts.js": (_OURS, "text/javascript"),
    "instructor.js": (_OURS, "text/javascript"),
    "questions.js": (_OURS, "text/javascript"),
    "submissions.js": (_OURS, "text/javascript"),
    "instructor.css": (_OURS, "text/css"),
    "tokens.css": (assets_folder() / "styles", "text/css"),
    "favicon.svg": (assets_folder() / "pictures", "image/svg+xml"),
}
"""Where the page's files lie, and what they are; there are no others."""


@ROUTES.get("/instructor")
async def page() -> Response:
    """Give the page."""
    return _file(_OURS / "instructor.html", "text/html")


@ROUTES.get("/instructor/{name}")
async def part(name: str) -> Response:
    """Give a file of the page.

    Raises:
        Problem: There is none (404).
    """
    if name not in _FILES:
        raise Problem(404, "not-found", "there is nothing here")
    folder, kind = _FILES[name]
    return _file(folder / name, kind)


def _file(path: Path, kind: str) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return Response(path.read_bytes(), media_type=f"{kind}; charset=utf-8", headers=headers)
