"""YAML with places: a text to nodes, each of which knows its span, and as much as can be saved of a broken file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from site_builder.model.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, ten times as fast, where PyYAML was built with it."""

MOST_REPAIRS = 12
"""Lines of a broken file that are passed over before it is given up."""

LARGEST_YAML = 1_000_000
"""Characters: a larger outline is none."""

DEEPEST_YAML = 60
SUSPICIOUS = re.compile(r"^[ \t?:-]{60}", re.MULTILINE)

STAND_INS = {":": "\ue0f8", "`": "\ue0f9", "@": "\ue0fa", "%": "\ue0fb", "*": "\ue0fc", "&": "\ue0fd"}
"""What YAML stumbles over in unquoted titles, and what stands for it while the rest is read."""

GIVE_BACK = str.maketrans({stand_in: sign for sign, stand_in in STAND_INS.items()})


def compose(source: Source) -> tuple[yaml.Node | None, list[tuple[Span, str]]]:
    """Read YAML, passing over the lines that break it.

    Returns:
        The top node (`None`: the text is empty, or cannot be read), and the place and the cause of each fault.
    """
    text, faults = source.text, list[tuple[Span, str]]()
    while True:
        if len(text) > LARGEST_YAML or _is_deep(text):
            return None, [(source.lines(0, 1), "the file is too large or nested too deeply")]
        try:
            return yaml.compose(text, Loader=LOADER), faults
        except yaml.YAMLError as error:
            line, at, cause = _fault(source, error)
        faults.append((_content(source, line), cause))
        repaired = _repair(source, text, line, at)
        if len(faults) > MOST_REPAIRS or repaired == text:
            return None, faults[:1]
        text = repaired


def _repair(source: Source, text: str, line: int, at: int) -> str:
    """Take out what breaks the text: a sign, else the line's words, else its `- `. No place moves."""
    if text[at : at + 1] in STAND_INS:
        return text[:at] + STAND_INS[text[at]] + text[at + 1 :]
    span = source.lines(line - 1, line)
    written = text[span.start : span.end]
    marker = re.match(r"\s*(?:- )?", written)
    kept = marker.group() if marker else ""
    if not written[len(kept) :].strip():
        kept = ""
    return text[: span.start] + kept + re.sub(r"[^\r\n]", " ", written[len(kept) :]) + text[span.end :]


def _is_deep(text: str) -> bool:
    """Whether collections are nested so deeply that building them would exhaust the stack of libyaml's binding."""
    if text.count("[") + text.count("{") < DEEPEST_YAML and not SUSPICIOUS.search(text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST_YAML:
                return True
    except yaml.YAMLError:
        return False  # compose stops at the same place, and says what is wrong
    return False


def pairs(source: Source, node: yaml.MappingNode) -> Iterator[tuple[str, Span, yaml.Node]]:
    """Give each key of a mapping with its place and its value's node; keys that are no text are passed over."""
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode):
            yield str(key.value), span_of(source, key), value


def span_of(source: Source, node: yaml.Node) -> Span:
    """Give the place of a node, without the white space and the comments that follow it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        return Span(source, start, end if node.style else start + len(source.text[start:end].rstrip()))
    last = _last_scalar(node)
    return Span(source, start, max(start, last.end_mark.index if last else end))


def scalar(node: yaml.Node) -> str | None:
    """Give a scalar as it is written (`no` is the text `no`); `None` for an empty value and for a collection."""
    if not isinstance(node, yaml.ScalarNode) or node.tag == "tag:yaml.org,2002:null":
        return None
    return str(node.value).translate(GIVE_BACK)


def _last_scalar(node: yaml.Node) -> yaml.Node | None:
    """Block collections end, for YAML, where the next token starts: look for their last written word."""
    for _ in range(100):
        if isinstance(node, yaml.ScalarNode):
            return node
        if not node.value or getattr(node, "flow_style", False):
            return node if node.value else None
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return None


def _fault(source: Source, error: yaml.YAMLError) -> tuple[int, int, str]:
    """Give the line (from 1), the offset and the cause of an error."""
    cause = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML")
    mark = getattr(error, "problem_mark", None)
    context = str(getattr(error, "context", None) or "")
    if any(
        word in context for word in ("quoted scalar", "flow", "alias", "anchor")
    ):  # found out at the end, made where it was opened
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        at = getattr(error, "position", 0)
        at = at if isinstance(at, int) and 0 <= at < len(source.text) else 0
        return source.position(at)[0], at, cause
    line = mark.line + 1
    while line > 1 and not source.line(line).strip():  # errors at the end stand behind the last word
        line -= 1
    return line, mark.index, cause


def _content(source: Source, line: int) -> Span:
    span = source.lines(line - 1, line)
    words = span.text.strip()
    return span.find(words) if words else span
