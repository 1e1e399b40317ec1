"""A live course's answers: the page, the picture or the index at a path."""

from __future__ import annotations

import mimetypes
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from mkdocs.commands.build import get_context
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from site_builder.data_files import assets_folder
from site_builder.hosts.edition import EditionFrame, Part
from site_builder.hosts.media_files import refusal_of
from site_builder.hosts.mkdocs_config import load
from site_builder.hosts.mkdocs_page import CoursePage, generated_file
from site_builder.hosts.output_files import FOLDER, outputs_beside
from site_builder.hosts.search_index import index
from site_builder.hosts.templates import environment

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from site_builder.hosts.live_course import LiveCourse
    from site_builder.model.course import Edition
    from site_builder.model.notebook import MadeFile

_HTML = "text/html; charset=utf-8"
_JSON = "application/json; charset=utf-8"
_NOTEBOOK = "application/x-ipynb+json"


@dataclass(frozen=True)
class Answer:
    """What a path holds; a `status` of 301 leads to `location`."""

    status: int
    kind: str = _HTML
    content: bytes = b""
    location: str = ""


@dataclass
class LivePages:
    """The site of a live course, made as it is asked for; one request at a time."""

    live: LiveCourse
    _frames: dict[str, tuple[EditionFrame, MkDocsConfig]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _empty: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="course-")
    )
    _outputs: dict[str, MadeFile] = field(default_factory=dict)
    _fault: Exception | None = None

    def refresh(self) -> None:
        """Look at the course's folder again; what goes wrong is raised by the next answers, until it goes well."""
        with self._lock:
            self._fault = None
            self._frames.clear()
            try:
                self.live.refresh()
            except Exception as error:  # noqa: BLE001 - the next change may mend it
                self._fault = error

    def answer(self, path: str) -> Answer:
        """Give what is at `path`, decoded and without a query."""
        with self._lock:
            if self._fault:
                raise self._fault
            edition, rest = self._edition(path.lstrip("/"))
            if edition is not self.live.course.original and path.lstrip("/") == edition.language:
                return _to_folder(path)
            if rest.startswith("assets/"):
                return self._asset(edition, rest)
            if rest.startswith("media/"):
                return self._media(rest.removeprefix("media/"))
            if rest == "search/search_index.json":
                return self._search_index(edition)
            if rest.startswith(f"{FOLDER}/") and (file := self._output(rest.removeprefix(f"{FOLDER}/"))):
                return Answer(200, file.kind, file.content)
            return self._notebook(edition, rest) or self._page(edition, rest)

    def _edition(self, path: str) -> tuple[Edition, str]:
        first, _, rest = path.partition("/")
        for edition in self.live.course.editions:
            if edition.language == first and edition is not self.live.course.original:
                return edition, rest
        return self.live.course.original, path

    def _page(self, edition: Edition, rest: str) -> Answer:
        address = f"/{rest}".removesuffix("/index.html").strip("/")
        if not address:
            return Answer(200, content=self._render(edition, "").encode())
        if not any(page.address == address for page in edition.pages):
            return Answer(404, content=self._missing(edition).encode())
        if not rest.endswith(("/", "/index.html")):
            return _to_folder(rest)
        return Answer(200, content=self._render(edition, address).encode())

    def _notebook(self, edition: Edition, rest: str) -> Answer | None:
        """Give a page's notebook; nothing where the path is none."""
        address, _, name = rest.rpartition("/")
        made = next((page for page in edition.pages if page.address == address), None)
        if made is None or not name.endswith(".ipynb"):
            return None
        body = self.live.current(self.live.own_place((edition.language, made.id)))
        texts = dict(self._frame(edition)[0].notebooks(made, body))
        return Answer(200, _NOTEBOOK, texts[name].encode()) if name in texts else None

    def _frame(self, edition: Edition) -> tuple[EditionFrame, MkDocsConfig]:
        if edition.language not in self._frames:
            config = load(self.live.course, Path(self._empty.name))
            frame = EditionFrame(self.live.as_build(), Part(edition.language, 0, edition.pages))
            frame.dress(config)
            self._frames[edition.language] = frame, config
        return self._frames[edition.language]

    def _render(self, edition: Edition, address: str) -> str:
        frame, config = self._frame(edition)
        env = frame.environment(environment(config.theme), config)
        made = next((page for page in edition.pages if page.address == address), None)
        body = self.live.current(self.live.own_place((edition.language, made.id))) if made else None
        title = made.title if made else self.live.course.title
        page = CoursePage(made, body, title, generated_file(address, config), config)
        page.read_source(config)
        page.render(config, Files([]))
        context = frame.page_context(get_context(Navigation([], []), [], config, page), page)
        return frame.finished(
            env.get_template(str(page.meta.get("template", "main.html"))).render(context), page
        )

    def _missing(self, edition: Edition) -> str:
        frame, config = self._frame(edition)
        env = frame.environment(environment(config.theme), config)
        base = f"/{edition.language}" if edition is not self.live.course.original else ""
        context = frame.template_context(get_context(Navigation([], []), [], config, base_url=base))
        return frame.guarded(env.get_template("404.html").render(context))

    def _search_index(self, edition: Edition) -> Answer:
        frame, _ = self._frame(edition)
        docs = [doc for page in edition.pages for doc in frame.search_docs(page)]
        return Answer(200, _JSON, index(docs).encode())

    def _asset(self, edition: Edition, path: str) -> Answer:
        if ".." in path.split("/"):
            return Answer(404)
        _, config = self._frame(edition)
        folders = [Path(each) for each in config.theme.dirs]
        ours = assets_folder() / path.removeprefix("assets/")
        return _file([ours, *(folder / path for folder in folders)], [assets_folder(), *folders])

    def _media(self, path: str) -> Answer:
        if path not in self.live.course.files or refusal_of(self.live.course.folder / path):
            return Answer(404)
        return _file([self.live.course.folder / path], [self.live.course.folder])

    def _output(self, name: str) -> MadeFile | None:
        """Give a file that cells made; readers ask for those of a page one after the other."""
        if name not in self._outputs:
            self._outputs = outputs_beside(self.live.as_build(), name)
        return self._outputs.get(name)


def _to_folder(path: str) -> Answer:
    return Answer(301, location=f"./{quote(path.rpartition('/')[2])}/")


def _file(places: list[Path], folders: list[Path]) -> Answer:
    """Give the first of `places` that is a file inside its folder."""
    for place, folder in zip(places, folders, strict=True):
        if place.is_file() and place.resolve().is_relative_to(folder.resolve()):
            return Answer(
                200, mimetypes.guess_type(place.name)[0] or "application/octet-stream", place.read_bytes()
            )
    return Answer(404)


def with_reload(html: bytes) -> bytes:
    """Add the script that asks for the page again when the course has changed."""
    return html.replace(b"</head>", b'<script src="/__course/reload.js" defer></script></head>', 1)
