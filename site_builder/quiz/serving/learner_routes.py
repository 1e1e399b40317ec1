"""Addresses of learners: who they are, how far they are, what is kept of them, and another device."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from fastapi import APIRouter

from site_builder.quiz.serving.intake import left_of, plain
from site_builder.quiz.serving.problems import Problem
from site_builder.quiz.serving.service import Here, Me, MyRecord, Service, Somebody, no_learner, refusals
from site_builder.quiz.serving.tokens import new_code, new_learner
from site_builder.quiz.serving.wire import (
    ClaimedToken,
    DeviceCode,
    Erased,
    Export,
    LearnerToken,
    LearnerView,
    Progress,
    SentCode,
    SentName,
)
from site_builder.quiz.storing.store import Learner, Submission

ROUTES = APIRouter(prefix="/api", tags=["learners"])


@ROUTES.post("/learners", responses=refusals(), status_code=201)
async def learners(service: Here) -> LearnerToken:
    """Become a learner. The token is the only way to what one has submitted: keep it."""
    learner = new_learner()
    await service.store.add_learner(Learner(learner, "", service.clock.now()))
    return LearnerToken(learner=learner, token=service.tokens.learner_token(learner))


@ROUTES.get("/me", responses=refusals(401))
async def about_me(me: MyRecord) -> LearnerView:
    """Give what the server knows of the asker."""
    return LearnerView(learner=me.id, name=me.name, created=me.created)


@ROUTES.post("/me/name", responses=refusals(400, 401, 422))
async def name(service: Here, me: MyRecord, sent: SentName) -> LearnerView:
    """Take a name, which instructors see."""
    if not await service.store.rename(me.id, sent.name):
        raise no_learner()
    return LearnerView(learner=me.id, name=sent.name, created=me.created)


@ROUTES.get("/me/progress", responses=refusals(401))
async def progress(service: Here, me: MyRecord) -> Progress:
    """Give how far the asker is with each quiz that they have submitted."""
    found: dict[str, list[Submission]] = {}
    for each in await service.store.submissions(learner=me.id):
        found.setdefault(each.quiz, []).append(each)
    return Progress.model_validate({"quizzes": [_progress(service, *each) for each in found.items()]})


def _progress(service: Service, quiz: str, mine: Sequence[Submission]) -> dict[str, Any]:
    taken = max(each.attempt for each in mine)
    held = service.banks.get(quiz)
    return {
        "quiz": quiz,
        "attempts": len(mine),
        "left": left_of(held, taken) if held else 0,
        "best": max(each.counted[0] for each in mine),
        "in_time": max((each.counted[0] for each in mine if not each.late), default=None),
        "passed": any(each.counted[1] for each in mine),
        "last": max(each.received for each in mine),
    }


@ROUTES.get("/me/export", responses=refusals(401))
async def export(service: Here, me: MyRecord) -> Export:
    """Give all that is kept of the asker."""
    mine = [plain(each) for each in await service.store.submissions(learner=me.id)]
    about = {"learner": me.id, "name": me.name, "created": me.created}
    return Export.model_validate({**about, "submissions": mine})


@ROUTES.delete("/me", responses=refusals(401))
async def erase(service: Here, me: Me) -> Erased:
    """Remove all that is kept of the asker. It cannot be undone, and the token is of no use afterwards."""
    number = await service.store.erase(me)
    if number < 0:
        raise no_learner()
    return Erased(submissions=number)


@ROUTES.post("/me/code", responses=refusals(401), status_code=201)
async def code(service: Here, me: Me) -> DeviceCode:
    """Give a code that takes one's work to another device, once, within minutes. It replaces an earlier one."""
    made = new_code()
    until = service.clock.now() + timedelta(minutes=service.options.code_minutes)
    if not await service.store.keep_code(me, service.tokens.code_digest(made), until):
        raise no_learner()
    return DeviceCode(code=made, until=until)


@ROUTES.post("/me/claim", responses=refusals(400, 404, 422))
async def claim(service: Here, somebody: Somebody, sent: SentCode) -> ClaimedToken:
    """Become the learner whose code it is. What the asker, if they show a token, has submitted so far goes over to that learner."""
    digest = service.tokens.code_digest(sent.code)
    found = await service.store.claim(digest, service.clock.now(), somebody)
    if found is None:
        raise Problem(
            404, "no-code", "this code is unknown, used or too old", "make a new one on the other device"
        )
    learner, moved = found
    return ClaimedToken(learner=learner, token=service.tokens.learner_token(learner), moved=moved)
