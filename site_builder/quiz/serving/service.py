"""What the server's addresses work with: banks, store, tokens, clock; and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Header, Request

from site_builder.quiz.serving.clock import Clock, SystemClock
from site_builder.quiz.serving.held_banks import HeldBank
from site_builder.quiz.serving.problems import Problem
from site_builder.quiz.serving.server_options import Options
from site_builder.quiz.serving.tokens import Instructor, Tokens
from site_builder.quiz.serving.wire import Refusal
from site_builder.quiz.storing.store import Learner, Store


@dataclass(frozen=True)
class Service:
    """What the server's addresses work with; `banks` are by quiz."""

    banks: Mapping[str, HeldBank]
    store: Store
    tokens: Tokens
    options: Options = field(default_factory=Options)
    clock: Clock = field(default_factory=SystemClock)

    def bank(self, quiz: str) -> HeldBank:
        """Give the bank of a quiz.

        Raises:
            Problem: There is none (404).
        """
        try:
            return self.banks[quiz]
        except KeyError:
            raise Problem(
                404, "no-quiz", "the server holds no such quiz", "`/api/quizzes` lists those it holds"
            ) from None


async def service_of(request: Request) -> Service:
    """Give what an app works with; async, so that it costs no thread."""
    service: Service = request.app.state.service
    return service


def refusals(*statuses: int) -> dict[int | str, dict[str, object]]:
    """Describe answers for OpenAPI: those named, and those that every address may give."""
    return {status: {"model": Refusal} for status in sorted({*statuses, 403, 408, 413, 429, 500, 503, 507})}


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


Here = Annotated[Service, Depends(service_of)]
Authorization = Annotated[str, Header(description="`Bearer` and a token", max_length=2000)]


async def learner_of(service: Here, authorization: Authorization = "") -> str:
    """Give the id in a learner's token.

    Raises:
        Problem: There is none, or it is not ours (401).
    """
    learner = service.tokens.learner(_bearer(authorization))
    if not learner:
        raise no_learner()
    return learner


async def possible_learner(service: Here, authorization: Authorization = "") -> str:
    """Give the id in a learner's token, empty without one."""
    return service.tokens.learner(_bearer(authorization))


async def instructor_of(service: Here, authorization: Authorization = "") -> Instructor:
    """Give who an instructor's token names.

    Raises:
        Problem: There is none, it is not ours, or it has ended (401).
    """
    instructor = service.tokens.instructor(_bearer(authorization), service.clock.now())
    if instructor is None:
        raise Problem(
            401, "no-instructor", "this needs an instructor's token", "`course quiz token` makes one"
        )
    return instructor


def no_learner() -> Problem:
    """Give the problem of a token without a learner."""
    advice = "get a token from `/api/learners`; one whose data was erased is not taken any more"
    return Problem(401, "no-learner", "this needs a learner's token", advice)


async def whole_learner(service: Here, learner: Annotated[str, Depends(learner_of)]) -> Learner:
    """Give who asks, as the store knows them.

    Raises:
        Problem: The learner was erased (401).
    """
    found = await service.store.learner(learner)
    if found is None:
        raise no_learner()
    return found


Me = Annotated[str, Depends(learner_of)]
MyRecord = Annotated[Learner, Depends(whole_learner)]
Somebody = Annotated[str, Depends(possible_learner)]
Teacher = Annotated[Instructor, Depends(instructor_of)]
