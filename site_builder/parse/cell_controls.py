"""The words on a cell's fence, and the tags of a notebook's cell, as controls."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.model.controls import OUTPUTS, Controls
from site_builder.model.source import Span
from site_builder.model.written_values import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"""(?:"[^"]*+"|'[^']*+'|\{[^{}]*+\}|[^\s"'{]|["'{])+""")
_EXCEPTION = re.compile(r"\*|[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_FREE = re.compile(r"[\W_]+")
_NEAR = 0.8

FLAGS: Mapping[str, Mapping[str, Any]] = {
    "no-run": {"run": False},
    "skip-execution": {"run": False},
    "hide-input": {"hide_input": True},
    "hide-output": {"hide_output": True},
    "hide-cell": {"hide_input": True, "hide_output": True},
    "remove-input": {"hide_input": True},
    "remove-output": {"output": "none"},
    "remove-cell": {"hide_input": True, "output": "none"},
    "raises-exception": {"raises": "*"},
}
"""What a word alone means; those of Jupyter Book and nbclient stand beside ours."""

EXAMPLES = {
    "raises": "raises=NameError",
    "timeout": "timeout=60",
    "output": "output=recorded",
    "caption": 'caption="What the figure shows"',
}
"""The words that have a value, each with an example."""

_KNOWN = (*FLAGS, *EXAMPLES)


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one of the words, by its place among them."""

    place: int
    message: str
    help: str


def words_of(info: str) -> tuple[str, ...]:
    """Give the words of an info string; quotes and braces keep together what is between them."""
    return tuple(_WORD.findall(info))


def read_words(words: Iterable[str]) -> tuple[Controls, tuple[Complaint, ...]]:
    """Give what words say about running, and what is wrong with them; words that are none of ours say nothing."""
    controls = Controls()
    complaints: list[Complaint] = []
    for place, word in enumerate(words):
        written, is_given, value = word.rstrip(",;").partition("=")
        name = written if written in _KNOWN else _meant(written)
        if not name:
            continue
        said, message, help_text = _said(name, _unquoted(value), is_given=bool(is_given))
        if name != written:
            message, help_text = f"`{written}` means nothing on a cell's fence", f"did you mean `{name}`?"
        if message:
            complaints.append(Complaint(place, message, help_text))
        controls = replace(controls, **said)
    return controls, tuple(complaints)


def fence_controls(words: tuple[str, ...], span: Span) -> tuple[Controls, list[Finding]]:
    """Give what the words on a fence say about running; `span` is the fence, with its first line."""
    if not words:
        return Controls(), []
    controls, complaints = read_words(words)
    if not complaints:
        return controls, []
    places = _places(words, span)
    return controls, [
        Finding("cell-option", places[each.place], each.message, each.help) for each in complaints
    ]


def tag_controls(metadata: object, span: Span) -> tuple[Controls, list[Finding]]:
    """Give what a notebook's cell says about running, in its tags and where Jupyter keeps what is folded."""
    said = metadata if isinstance(metadata, dict) else {}
    tags = said.get("tags")
    words = tuple(each for each in tags if isinstance(each, str)) if isinstance(tags, list) else ()
    controls, complaints = read_words(words)
    folded = said.get("jupyter")
    if isinstance(folded, dict):
        controls = replace(
            controls,
            hide_input=controls.hide_input or folded.get("source_hidden") is True,
            hide_output=controls.hide_output or folded.get("outputs_hidden") is True,
        )
    findings = [Finding("cell-option", span, each.message, each.help) for each in complaints]
    return controls, findings


def _meant(written: str) -> str:
    """Give the word of ours that `written` is surely a slip of, or an empty string."""
    bare = _FREE.sub("", written).lower()
    alike = next((each for each in _KNOWN if _FREE.sub("", each) == bare), "")
    return alike or next(iter(get_close_matches(written.lower(), _KNOWN, n=1, cutoff=_NEAR)), "")


def _said(name: str, value: str, *, is_given: bool) -> tuple[Mapping[str, Any], str, str]:
    """Give what a word of ours sets, or else what is wrong with it and what to do."""
    if name in FLAGS:
        return FLAGS[name], f"`{name}` takes no value" if is_given else "", f"write `{name}` alone"
    advice = f"write it as `{EXAMPLES[name]}`"
    if not value:
        return {}, f"`{name}` has no value", advice
    if name == "raises" and not _EXCEPTION.fullmatch(value):
        return {}, f"`raises` names no exception: `{value}`", advice
    if name == "timeout":
        seconds = seconds_of(value)
        message = "" if seconds else f"`timeout` is no number of seconds: `{value}`"
        return ({"timeout": seconds} if seconds else {}), message, advice
    if name == "output" and value not in OUTPUTS:
        known = ", ".join(f"`{each}`" for each in OUTPUTS)
        return {}, f"`output` is `{value}`", did_you_mean(value, OUTPUTS) or f"write one of {known}"
    return {name: value}, "", ""


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return (value[1:-1] if quoted else value).strip()


def _places(words: tuple[str, ...], span: Span) -> list[Span]:
    """Find the words in the fence's first line, one after another; what is not found there has the whole line."""
    line = span.text.partition("\n")[0].rstrip()
    head = Span(span.source, span.start, span.start + len(line))
    places = []
    at = 0
    for word in words:
        found = line.find(word, at)
        places.append(
            Span(span.source, span.start + found, span.start + found + len(word)) if found >= 0 else head
        )
        at = max(at, found + len(word) if found >= 0 else at)
    return places
