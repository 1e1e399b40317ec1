"""What a server answers when it cannot do what it was asked: whether the work is saved, a code, and what to do."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from site_builder.quiz.storing.store import StoreFault, StoreFull

if TYPE_CHECKING:
    from fastapi import FastAPI, Request
    from starlette.types import Send

LOG = logging.getLogger("site_builder.quiz")

RETRY = "send it again later: keep it until then"


class Problem(Exception):  # noqa: N818 - an answer, not an error of ours
    """A request that is refused: `status` is HTTP's, `code` is for programs, `message` and `advice` are for people."""

    def __init__(self, status: int, code: str, message: str, advice: str = "", wait: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.advice = advice
        self.wait = wait

    def body(self) -> dict[str, Any]:
        """Give the answer's JSON."""
        return {"saved": False, "code": self.code, "message": self.message, "help": self.advice}

    def headers(self) -> dict[str, str]:
        """Give the headers that go with it."""
        found = {"Cache-Control": "no-store"}
        if self.wait:
            found["Retry-After"] = str(self.wait)
        if self.status == 401:  # noqa: PLR2004 - HTTP's own number
            found["WWW-Authenticate"] = "Bearer"
        return found


async def send_problem(problem: Problem, send: Send, *, close: bool = False) -> None:
    """Answer with a problem, without a framework."""
    body = json.dumps(problem.body()).encode()
    headers = {**problem.headers(), "Content-Type": "application/json", "Content-Length": str(len(body))}
    if close:
        headers["Connection"] = "close"
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def answer_problems(app: FastAPI) -> None:
    """Let an app answer with problems, and never with what it was sent."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(StoreFault, _store_fault)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)


def _answer(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.body(), problem.status, problem.headers())


async def _problem(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101 - for mypy: it is registered for these alone
    return _answer(error)


async def _store_fault(_request: Request, error: Exception) -> JSONResponse:
    full = isinstance(error, StoreFull)
    LOG.error("store fault", extra={"fault": str(error)})
    status, code = (507, "no-room") if full else (503, "no-database")
    return _answer(Problem(status, code, f"{error}: your work is not saved on the server yet", RETRY, wait=5))


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Say where the request is wrong, without the values: they are a learner's."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - for mypy: it is registered for these alone
    first = error.errors()[0]
    place = ".".join(_visible(part) for part in first["loc"][:3])
    return _answer(
        Problem(422, "invalid", f"`{place}`: {first['type'].replace('_', ' ')}", "see `/api/openapi.json`")
    )


def _visible(part: object) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in str(part)[:80])


_HTTP = {404: ("not-found", "there is nothing here"), 405: ("no-method", "this cannot be done here")}


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - for mypy: it is registered for these alone
    code, message = _HTTP.get(error.status_code, ("refused", "the request cannot be read"))
    answer = _answer(Problem(error.status_code, code, message))
    answer.headers.update(error.headers or {})
    return answer
