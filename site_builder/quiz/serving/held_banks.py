"""The banks that a server holds, each under the digest of its text: the version that a submission is graded with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from site_builder.quiz.bank_files import BankFault, bank_of, bank_text
from site_builder.quiz.serving.clock import is_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from site_builder.model.quiz import Bank, ItemText


@dataclass(frozen=True)
class HeldBank:
    """A bank with its text and its digest."""

    bank: Bank
    text: str
    digest: str

    def language(self, wanted: str) -> str:
        """Give the language in which the quiz is shown to who wants it in `wanted`: that one, a relative, or the original's."""
        known = {each: each for item in self.bank.items for each in item.texts} | {
            each: each for each in self.bank.titles
        }
        folded = {each.lower(): each for each in known}
        lower = wanted.lower()
        near = [each for key, each in folded.items() if key.partition("-")[0] == lower.partition("-")[0]]
        return folded.get(lower) or (near[0] if near else self.bank.original)

    def item_text(self, item: int, language: str) -> ItemText | None:
        """Give the words of an item, in the original's language where they are missing in `language`."""
        texts = self.bank.items[item].texts
        return texts.get(language) or texts.get(self.bank.original)


def held(bank: Bank) -> HeldBank:
    """Hold a bank."""
    text = bank_text(bank)
    return HeldBank(bank, text, digest_of(text))


def digest_of(text: str) -> str:
    """Give the digest of a bank's text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def hold(banks: Iterable[Bank]) -> Mapping[str, HeldBank]:
    """Hold banks by their quizzes.

    Raises:
        ValueError: Two banks are of the same quiz, or a deadline is no time.
    """
    found: dict[str, HeldBank] = {}
    for bank in banks:
        if bank.quiz in found:
            raise ValueError(f"there are two banks of `{bank.quiz}`")
        try:
            is_late(datetime.now(UTC), bank.rules.deadline, bank.rules.grace)
        except ValueError as error:
            raise ValueError(f"`{bank.quiz}`: {error}") from error
        found[bank.quiz] = held(bank)
    return found


def read_banks(folder: Path) -> tuple[Bank, ...]:
    """Give the banks in a folder's JSON files.

    Raises:
        BankFault: A file holds none; names the file.
        OSError: The folder cannot be read.
    """
    found = []
    for path in sorted(folder.rglob("*.json")):
        try:
            found.append(bank_of(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise BankFault(f"`{path.relative_to(folder).as_posix()}`: {error}") from error
    return tuple(found)
