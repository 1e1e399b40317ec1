"""The JSON that goes over the wire, both ways."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from site_builder.model.quiz import EXPLANATIONS, KINDS, SCORINGS, STATES

MOST_ITEMS = 500
"""Answers in a submission."""

_PLAIN = r"^[^\x00-\x1f\x7f-\x9f]*$"

ItemId = Annotated[str, StringConstraints(max_length=300)]
ChoiceId = Annotated[str, StringConstraints(max_length=100)]
Language = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$")]
Name = Annotated[str, StringConstraints(max_length=100, pattern=_PLAIN, strip_whitespace=True)]
Reason = Annotated[
    str, StringConstraints(min_length=1, max_length=1000, pattern=_PLAIN, strip_whitespace=True)
]
WrittenAnswer = Annotated[str, StringConstraints(max_length=2000)]
NumberAnswer = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Chosen = Annotated[list[ChoiceId], Field(max_length=100)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
GivenAnswer = Annotated[WrittenAnswer | NumberAnswer | Chosen | None, Field(union_mode="left_to_right")]


class _Sent(BaseModel):
    """What is sent to the server: nothing but what it knows."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SentAnswers(_Sent):
    """A submission. `bank` is that of the sheet that was answered; without it the server's own of now."""

    language: Language
    answers: dict[ItemId, GivenAnswer] = Field(max_length=MOST_ITEMS)
    bank: Annotated[str, StringConstraints(max_length=64, pattern=r"^[0-9a-f]*$")] = ""


class SentName(_Sent):
    """What a learner likes to be called; empty for nothing."""

    name: Name


class SentCode(_Sent):
    """A code from another device."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class SentCorrection(_Sent):
    """Another score for a submission, and why."""

    submission: Annotated[int, Field(ge=1, lt=2**63)]
    score: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=False)]
    reason: Reason


class Refusal(BaseModel):
    """Why something was not done. `saved` is always false, and comes first."""

    saved: Literal[False] = False
    code: str
    message: str
    help: str


class LearnerToken(BaseModel):
    """A learner's token, for `Authorization: Bearer …`."""

    saved: bool = True
    learner: str
    token: str


class ClaimedToken(LearnerToken):
    """The token of the learner whose code it was; `moved` counts the submissions that the sender brought along."""

    moved: int


class DeviceCode(BaseModel):
    """A code that takes one's work to another device, once."""

    code: str
    until: datetime


class LearnerView(BaseModel):
    """A learner."""

    saved: bool = True
    learner: str
    name: str
    created: datetime


class Erased(BaseModel):
    """What was removed."""

    erased: bool = True
    submissions: int


class RulesView(BaseModel):
    """How a quiz is held, see the settings of the same names. `pass_mark` is a share; 0 attempts are any number."""

    scoring: Literal[SCORINGS]  # type: ignore[valid-type]
    attempts: int
    pass_mark: float
    shuffle: bool
    explanations: Literal[EXPLANATIONS]  # type: ignore[valid-type]
    deadline: str
    grace: int


class ChoiceView(BaseModel):
    """A choice; `text` is HTML."""

    id: str
    text: str


class SheetItemView(BaseModel):
    """A question; `prompt` is HTML."""

    id: str
    kind: Literal[KINDS]  # type: ignore[valid-type]
    prompt: str
    shuffle: bool
    choices: list[ChoiceView]


class SheetView(BaseModel):
    """A quiz without its key. `bank` names its version; `now` is the server's clock."""

    quiz: str
    bank: str
    title: str
    language: str
    now: datetime
    rules: RulesView
    items: list[SheetItemView]


class MarkView(BaseModel):
    """What an answer is worth. `key`, `explanation` and `explanations` (by choice) are null where the quiz does not tell them."""

    item: str
    state: Literal[STATES]  # type: ignore[valid-type]
    score: float
    wrong: int
    missing: int
    key: dict[str, Any] | None
    explanation: str | None
    explanations: dict[str, str] | None


class CorrectionView(BaseModel):
    """A correction."""

    score: float
    passed: bool
    reason: str
    instructor: str
    made: datetime


class SubmissionView(BaseModel):
    """A submission that is on disk. `score` and `passed` count, those of the grading are in `graded`. `left` is null for any number."""

    saved: Literal[True] = True
    quiz: str
    key: str
    attempt: int
    left: int | None
    language: str
    bank: str
    received: datetime
    late: bool
    score: float
    passed: bool
    graded: float
    answers: dict[str, Any]
    marks: list[MarkView]
    corrections: list[CorrectionView]


class Submissions(BaseModel):
    """A learner's submissions of a quiz, the oldest first; `left` is how often it may still be submitted, null for any number."""

    quiz: str
    left: int | None
    submissions: list[SubmissionView]


class QuizProgress(BaseModel):
    """How far a learner is with a quiz: `best` is the best score that counts, `in_time` that of submissions that were not late."""

    quiz: str
    attempts: int
    left: int | None
    best: float
    in_time: float | None
    passed: bool
    last: datetime


class Progress(BaseModel):
    """How far a learner is."""

    quizzes: list[QuizProgress]


class ExportedSubmission(BaseModel):
    """All that is kept of a submission."""

    quiz: str
    attempt: int
    key: str
    language: str
    bank: str
    received: datetime
    late: bool
    score: float
    passed: bool
    answers: dict[str, Any]
    marks: list[dict[str, Any]]
    corrections: list[CorrectionView]


class Export(LearnerView):
    """All that is kept of a learner."""

    submissions: list[ExportedSubmission]


class ResultView(ExportedSubmission):
    """A submission as instructors see it. `counted` is the score that counts."""

    id: int
    learner: str
    name: str
    counted: float
    counted_passed: bool


class Results(BaseModel):
    """Submissions in the order in which they came; `after` asks for what follows, null if nothing does."""

    results: list[ResultView]
    after: int | None


class Done(BaseModel):
    """It is on disk."""

    saved: Literal[True] = True


class QuizName(BaseModel):
    """A quiz that the server holds."""

    quiz: str
    titles: dict[str, str]
    bank: str


class Quizzes(BaseModel):
    """The quizzes that the server holds."""

    quizzes: list[QuizName]


class Health(BaseModel):
    """The server and its database answer."""

    well: Literal[True] = True
