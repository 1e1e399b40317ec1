"""Addresses of instructors: statistics, and tables for spreadsheets."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from site_builder.quiz.figures.result_rows import result_head, result_row
from site_builder.quiz.figures.safe_cells import BYTE_ORDER_MARK, csv_lines
from site_builder.quiz.figures.statistics_view import StatisticsView, item_rows, statistics_view
from site_builder.quiz.figures.tries import Try, tries_of
from site_builder.quiz.serving.held_banks import HeldBank
from site_builder.quiz.serving.quiz_routes import Quiz
from site_builder.quiz.serving.service import Here, Service, Teacher, refusals
from site_builder.quiz.storing.store import Submission

ROUTES = APIRouter(prefix="/api/instructor", tags=["instructors"])

_AT_ONCE = 500
"""Submissions that are in memory with all that is kept of them."""

AskedQuiz = Annotated[str, Query(description="A quiz, such as `chapter1/quiz`.", max_length=300)]
_TABLE: dict[int | str, dict[str, Any]] = {
    200: {"description": "CSV in UTF-8", "content": {"text/csv": {"schema": {"type": "string"}}}}
}


@ROUTES.get("/statistics/{quiz:path}", responses=refusals(401, 404, 422))
async def quiz_statistics(service: Here, _teacher: Teacher, quiz: Quiz) -> StatisticsView:
    """Give the statistics of a quiz: of learners' first attempts, of each question, by language. Contains the key."""
    return await _view(service, service.bank(quiz))


@ROUTES.get("/items.csv", responses={**_TABLE, **refusals(401, 404, 422)}, response_class=StreamingResponse)
async def items_table(service: Here, _teacher: Teacher, quiz: AskedQuiz) -> StreamingResponse:
    """Give the statistics of a quiz's questions as a table, safe to open in a spreadsheet."""
    rows = item_rows(await _view(service, service.bank(quiz)))
    return _table(_once(csv_lines(rows)), quiz, "questions")


@ROUTES.get("/results.csv", responses={**_TABLE, **refusals(401, 404, 422)}, response_class=StreamingResponse)
async def results_table(service: Here, _teacher: Teacher, quiz: AskedQuiz) -> StreamingResponse:
    """Give the submissions of a quiz as a table, safe to open in a spreadsheet."""
    held = service.bank(quiz)

    async def lines() -> AsyncIterator[str]:
        yield csv_lines([result_head(held)])
        async for some in _pieces(service, quiz):
            yield csv_lines(result_row(held, each) for each in some)

    return _table(lines(), quiz, "results")


async def _view(service: Service, held: HeldBank) -> StatisticsView:
    tries: list[Try] = []
    async for some in _pieces(service, held.bank.quiz):
        tries += tries_of(held, some)
    return await asyncio.to_thread(statistics_view, held, tries, service.clock.now())


async def _pieces(service: Service, quiz: str) -> AsyncIterator[Sequence[Submission]]:
    after = 0
    while some := await service.store.submissions(quiz=quiz, after=after, most=_AT_ONCE):
        yield some
        after = some[-1].id


async def _once(text: str) -> AsyncIterator[str]:
    yield text


def _table(lines: AsyncIterator[str], quiz: str, what: str) -> StreamingResponse:
    async def marked() -> AsyncIterator[str]:
        yield BYTE_ORDER_MARK
        async for each in lines:
            yield each

    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in quiz)
    headers = {"Content-Disposition": f'attachment; filename="{plain}-{what}.csv"'}
    return StreamingResponse(marked(), media_type="text/csv; charset=utf-8", headers=headers)
