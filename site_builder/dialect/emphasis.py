"""Emphasis beside scripts without spaces: `**注意：**不要` is strong, where CommonMark leaves the stars standing."""

from __future__ import annotations

import re

from markdown_it.common.utils import isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3000-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Chinese, Japanese and Korean: a word may follow a word's mark without a space."""


class ChapterInline(StateInline):
    """The state of the inline parser, with another rule for what can open and close emphasis."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 - markdown-it's names
        """Tell whether the run of marks at `start` can open, whether it can close, and how long it is.

        A letter of a script without spaces counts as punctuation does: beside it, a mark may touch punctuation.
        """
        scanned = super().scanDelims(start, canSplitWord)
        last = self.src[start - 1] if start else " "
        after = start + scanned.length
        following = self.src[after] if after < self.posMax else " "
        if not canSplitWord or (last.isascii() and following.isascii()):
            return scanned
        can_open = scanned.can_open or (
            _SPACELESS.match(last) is not None and not isWhiteSpace(ord(following))
        )
        can_close = scanned.can_close or (
            _SPACELESS.match(following) is not None and not isWhiteSpace(ord(last))
        )
        if can_open == scanned.can_open and can_close == scanned.can_close:
            return scanned
        return Scanned(can_open and not isWhiteSpace(ord(following)), can_close, scanned.length)
