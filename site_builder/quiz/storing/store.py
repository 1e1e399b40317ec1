"""What a server keeps of learners and their work, as values, and what a store of them can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from site_builder.model.quiz import Answer, Mark


class StoreFault(Exception):  # noqa: N818 - a fault of the place, as findings are faults of chapters
    """The store cannot do it now: nothing of the request was kept."""


class StoreFull(StoreFault):
    """There is no room on the disk."""


class StoreGone(StoreFault):
    """The database does not answer."""


class StoreRefused(StoreFault):
    """The database cannot be opened: another server holds it, or a newer program made it. Says which, and what to do."""


@dataclass(frozen=True)
class Learner:
    """A learner: `id` is random, `name` what they like to be called, empty for none."""

    id: str
    name: str
    created: datetime


@dataclass(frozen=True)
class Entry:
    """A submission as it comes in, graded.

    `key` is the sender's own for this submission, `body` a digest of what was sent. `bank` is the digest of the bank that it was graded
    with. `answers` are as given. `attempts` is how many the quiz allows, 0 for any number.
    """

    learner: str
    key: str
    body: str
    quiz: str
    language: str
    bank: str
    answers: Mapping[str, Answer] = field(hash=False)
    marks: tuple[Mark, ...]
    score: float
    passed: bool
    received: datetime
    late: bool
    attempts: int = 0


@dataclass(frozen=True)
class Correction:
    """An instructor's other score for a submission, and why. The last one counts, all are kept."""

    score: float
    passed: bool
    reason: str
    instructor: str
    made: datetime


@dataclass(frozen=True)
class Submission:
    """A submission that is kept. `attempt` counts from 1 by learner and quiz; `id` is 0 in the answer to who submitted it."""

    learner: str
    quiz: str
    attempt: int
    language: str
    bank: str
    answers: Mapping[str, Answer] = field(hash=False)
    marks: tuple[Mark, ...]
    score: float
    passed: bool
    received: datetime
    late: bool
    key: str = ""
    id: int = 0
    name: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def counted(self) -> tuple[float, bool]:
        """The score that counts and whether it passes: those of the last correction, if there is one."""
        last = self.corrections[-1] if self.corrections else self
        return last.score, last.passed


STORED, REPEATED, KEY_REUSED, ATTEMPTS_USED, NO_LEARNER = (
    "stored", "repeated", "key-reused", "attempts-used", "no-learner",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of an entry: it was stored, or had been (`submission` is that one), or was refused, and why."""

    what: str
    submission: Submission | None = None


class Store(Protocol):
    """Keeps learners and submissions. What a method has returned from is on disk. All may raise StoreFull and StoreGone."""

    async def submit(self, entry: Entry) -> Outcome:
        """Keep a submission, once for each learner and key."""
        ...

    async def add_learner(self, learner: Learner) -> None:
        """Keep a new learner."""
        ...

    async def learner(self, learner: str) -> Learner | None:
        """Give a learner by id, `None` if there is none, or no longer."""
        ...

    async def rename(self, learner: str, name: str) -> bool:
        """Give a learner another name; false if there is no such learner."""
        ...

    async def submissions(
        self, learner: str = "", quiz: str = "", after: int = 0, most: int = 0
    ) -> Sequence[Submission]:
        """Give submissions in the order in which they were kept: of one learner, of one quiz, with ids above `after`, `most` at most."""
        ...

    async def erase(self, learner: str) -> int:
        """Remove all that is kept of a learner; give the number of submissions, -1 if there is no such learner."""
        ...

    async def keep_code(self, learner: str, digest: str, until: datetime) -> bool:
        """Keep the digest of a code that stands for a learner; it replaces an earlier one. False if there is no such learner."""
        ...

    async def claim(self, digest: str, now: datetime, claimant: str) -> tuple[str, int] | None:
        """Use up a code: give its learner, to whom the claimant's submissions now belong, and their number; `None` for no valid code."""
        ...

    async def correct(self, submission: int, correction: Correction) -> bool:
        """Add a correction; false if there is no such submission."""
        ...

    async def keep_banks(self, banks: Mapping[str, str]) -> None:
        """Keep texts of banks by digest, so that what was graded with them can be understood later."""
        ...

    async def bank(self, digest: str) -> str | None:
        """Give the text of a bank that was kept."""
        ...

    async def close(self) -> None:
        """Finish what was begun, and let go of the database."""
        ...
