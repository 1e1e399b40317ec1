"""What a page's scripts are, and what they are told: where the site begins, which page it is, which server grades its quiz."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from site_builder.hosts.page_view import CourseView

_ALL = ("course", "kept_work", "progress", "work_dialog", "cards", "tabs", "anchors", "folder_links")
_QUESTIONS = ("quiz_texts", "quiz_grading", "quiz_feedback", "quiz_order", "quiz_question")
_SERVER = ("quiz_server", "quiz_outbox", "work_server")
_GRADED = ("safe_html", "quiz_submission")


def scripts_of(view: CourseView) -> tuple[str, ...]:
    """Give the names of the scripts that a page needs, in their order."""
    with_questions = _QUESTIONS if view.body and view.body.questions else ()
    with_server = _SERVER if view.shared.quiz_server else ()
    graded = _GRADED if with_questions and view.made and view.made.graded else ()
    return (*_ALL, *with_questions, *with_server, *graded)


def facts_of(view: CourseView) -> dict[str, object]:
    """Give what the scripts know of a page.

    `page` is its id, `language` that of its text; `site` leads to the site's root; `pages` counts the edition's; `ids` has the ids of
    pages whose address is another, by address; `server` is the address of the quiz server, if one grades anything.
    """
    facts: dict[str, object] = {
        "page": view.made.id if view.made else "",
        "language": view.source_language,
        "site": view.site or "./",
        "course": view.title,
        "pages": view.shared.totals.pages,
    }
    if view.shared.other_ids:
        facts["ids"] = view.shared.other_ids
    if view.shared.quiz_server:
        facts["server"] = view.shared.quiz_server
    return facts


def origin_of(address: str) -> str:
    """Give the origin of a URL as policies name it, empty for what is none."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    shown = f"[{host}]" if ":" in host else host
    # What could end a policy's part has no place in a host's name.
    return f"{parts.scheme}://{shown}{port}" if re.fullmatch(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]", shown) else ""
