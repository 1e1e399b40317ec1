"""Addresses of quizzes: their sheets, and what learners submit."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query

from site_builder.quiz.serving.intake import entry_of, left_of, refused, submission_view
from site_builder.quiz.serving.service import Here, Me, no_learner, refusals
from site_builder.quiz.serving.sheets import sheet_of
from site_builder.quiz.serving.wire import (
    Language,
    Quizzes,
    SentAnswers,
    SheetView,
    Submissions,
    SubmissionView,
)

ROUTES = APIRouter(prefix="/api/quizzes", tags=["quizzes"])

Quiz = Annotated[
    str,
    Path(
        description="A page's id, such as `chapter1/quiz`: its slashes may stand as they are or as `%2F`.",
        max_length=300,
    ),
]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="The sender's own for this submission: the same again gives the same answer.",
        min_length=8,
        max_length=100,
        pattern=r"^[!-~]*$",
    ),
]


@ROUTES.get("", responses=refusals())
async def quizzes(service: Here) -> Quizzes:
    """List the quizzes that the server holds."""
    found = [
        {"quiz": quiz, "titles": dict(held.bank.titles), "bank": held.digest}
        for quiz, held in service.banks.items()
    ]
    return Quizzes.model_validate({"quizzes": found})


@ROUTES.get("/{quiz:path}/sheet", responses=refusals(404, 422))
async def sheet(service: Here, quiz: Quiz, language: Annotated[Language, Query()] = "en") -> SheetView:
    """Give a quiz without its key, in the language asked for or the nearest there is."""
    held = service.bank(quiz)
    found = sheet_of(held, language)
    shuffled = {item.id: item.shuffle for item in held.bank.items}
    items = [
        {
            "id": item.id, "kind": item.kind, "prompt": item.prompt, "shuffle": shuffled[item.id],
            "choices": [{"id": choice, "text": text} for choice, text in item.choices],
        }
        for item in found.items
    ]  # fmt: skip
    return SheetView.model_validate({
        "quiz": quiz, "bank": held.digest, "title": found.title, "language": found.language,
        "now": service.clock.now(), "rules": asdict(found.rules), "items": items,
    })  # fmt: skip


@ROUTES.post(
    "/{quiz:path}/submissions",
    responses=refusals(400, 401, 404, 409, 422),
    response_model=SubmissionView,
    status_code=201,
)
async def submit(service: Here, me: Me, quiz: Quiz, key: Key, sent: SentAnswers) -> dict[str, Any]:
    """Submit answers. When this answers with 201, they are on disk; after anything else, send them again with the same key."""
    entry = await entry_of(service, me, quiz, key, sent)
    outcome = await service.store.submit(entry)
    problem = refused(outcome, entry.attempts)
    if problem or outcome.submission is None:
        raise problem or no_learner()
    return await submission_view(service, outcome.submission)


@ROUTES.get("/{quiz:path}/submissions", responses=refusals(401, 404, 422))
async def submissions(service: Here, me: Me, quiz: Quiz) -> Submissions:
    """Give the asker's own submissions of a quiz, the oldest first."""
    held = service.bank(quiz)
    mine = await service.store.submissions(learner=me, quiz=quiz)
    views = [await submission_view(service, each) for each in mine]
    taken = max((each.attempt for each in mine), default=0)
    return Submissions.model_validate({"quiz": quiz, "left": left_of(held, taken), "submissions": views})
