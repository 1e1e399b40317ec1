"""Pass: the page that this one goes on from gets its id."""

from __future__ import annotations

from dataclasses import replace
from posixpath import dirname
from typing import TYPE_CHECKING

from site_builder.diagnostics.diagnostic import Finding
from site_builder.model.written_values import line_of_key
from site_builder.resolve.course_paths import joined, paths_of

if TYPE_CHECKING:
    from site_builder.model.atlas import Atlas
    from site_builder.model.course import Page
    from site_builder.model.document import Document


def set_run_after(document: Document, page: Page, atlas: Atlas) -> tuple[Document, tuple[Finding, ...]]:
    """Set `run_after` to the id of the page that it names, as an id or relative to the page; to nothing where there is none."""
    written = document.controls.run_after
    if not written:
        return document, ()
    found = _page(written, page, atlas)
    if found and found != page.id:
        controls = replace(document.controls, run_after=found)
        return (document if found == written else replace(document, controls=controls)), ()
    line = line_of_key(document.span.source, "run_after")
    near = paths_of(atlas).near(written)
    if found:
        message, help_text = "a page cannot go on from itself", "name the page before it"
    else:
        message = f"`run_after` names no page of the course: `{written}`"
        help_text = (
            f"did you mean `{near}`?" if near else "write a page's id, such as `chapter1/introduction`"
        )
    finding = Finding("page-setting", line, message, help_text)
    return replace(document, controls=replace(document.controls, run_after="")), (finding,)


def _page(written: str, page: Page, atlas: Atlas) -> str:
    """Give the id that is meant; a name that is an id is one, whatever lies beside the page."""
    paths = paths_of(atlas)
    beside = joined(dirname(page.id), written)
    if written.startswith("."):
        return paths.page(beside) or ""
    path = written.strip("/")
    first, _, rest = path.partition("/")
    if first in atlas.languages and not paths.begins(first):
        path = rest
    return paths.page(path) or paths.page(beside) or ""
