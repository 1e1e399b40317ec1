"""Addresses of instructors: results, and corrections of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from site_builder.quiz.serving.intake import plain
from site_builder.quiz.serving.problems import Problem
from site_builder.quiz.serving.service import Here, Teacher, refusals
from site_builder.quiz.serving.wire import Done, Results, SentCorrection
from site_builder.quiz.storing.store import Correction, Submission

ROUTES = APIRouter(prefix="/api/instructor", tags=["instructors"])

_SLACK = 1e-9
"""What sums of fractions may miss."""

_DEFAULT_PASS = 0.7


@ROUTES.get("/results", responses=refusals(401, 422))
async def results(
    service: Here,
    _teacher: Teacher,
    quiz: Annotated[str, Query(max_length=300, pattern=r"^[^\x00]*$")] = "",
    after: Annotated[int, Query(ge=0, lt=2**63)] = 0,
    most: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Results:
    """Give submissions in the order in which they came, of one quiz or of all."""
    found = await service.store.submissions(quiz=quiz, after=after, most=most)
    following = found[-1].id if len(found) == most else None
    return Results.model_validate({"results": [result(each) for each in found], "after": following})


@ROUTES.post("/corrections", responses=refusals(400, 401, 404, 422), status_code=201)
async def correct(service: Here, teacher: Teacher, sent: SentCorrection) -> Done:
    """Give a submission another score, with a reason. The first score and earlier corrections are kept."""
    before = await service.store.submissions(after=sent.submission - 1, most=1)
    if not before or before[0].id != sent.submission:
        raise _no_submission()
    held = service.banks.get(before[0].quiz)
    mark = held.bank.rules.pass_mark if held else _DEFAULT_PASS
    correction = Correction(
        sent.score, sent.score >= mark - _SLACK, sent.reason, teacher.name, service.clock.now()
    )
    if not await service.store.correct(sent.submission, correction):
        raise _no_submission()
    return Done()


def result(submission: Submission) -> dict[str, Any]:
    """Give a submission as instructors see it."""
    score, passed = submission.counted
    about = {"id": submission.id, "learner": submission.learner, "name": submission.name}
    return {**about, **plain(submission), "counted": score, "counted_passed": passed}


def _no_submission() -> Problem:
    return Problem(
        404, "no-submission", "there is no such submission", "`/api/instructor/results` lists them"
    )
