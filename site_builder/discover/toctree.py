"""A `_toctree.yml` to an outline, with all the slips that real ones have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from site_builder.diagnostics.diagnostic import Finding, did_you_mean
from site_builder.discover.outline_file import compose, pairs, scalar, span_of
from site_builder.model.course import Entry, Outline
from site_builder.model.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("title", "local", "sections", "quiz", "local_fw", "newlocal", "isExpanded", "subtitle", "new")
DEEPEST_ENTRY = 6
DIGITS = 5
TRUE = frozenset({"true", "yes", "on", "1"})


@dataclass
class _Reader:
    """One reading: the file, what was wrong with it, and the nodes already seen, since YAML may repeat them."""

    source: Source
    found: list[Finding] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    broken: bool = False

    def say(self, code: str, span: Span, message: str, advice: str = "") -> None:
        """Note a finding."""
        self.found.append(Finding(code, span, message, advice))


def read_outline(source: Source) -> tuple[Outline, tuple[Finding, ...]]:
    """Read an outline; what cannot be read is left out and found."""
    top, faults = compose(source)
    reader = _Reader(source, broken=bool(faults))
    for span, cause in faults:
        advice = 'put the text in quotes: `title: "…"`' if "mapping values" in cause else "correct the line"
        reader.say("bad-outline", span, f"the outline cannot be read here: {cause}", advice)
    return Outline(source, _top(reader, top)), tuple(reader.found)


def _top(reader: _Reader, node: yaml.Node | None) -> tuple[Entry, ...]:
    if isinstance(node, yaml.SequenceNode) and node.value:
        return _entries(reader, node, 1)
    whole = span_of(reader.source, node) if node is not None else reader.source.lines(0, 1)
    if isinstance(node, yaml.MappingNode):
        reader.say(
            "bad-outline", whole, "the outline is one entry, not a list", "start the chapter with `- `"
        )
        return (_mapping(reader, node, 1),)
    if not reader.broken:
        is_text = isinstance(node, yaml.ScalarNode) and scalar(node)
        what = "the outline is a text, not a list" if is_text else "the outline is empty"
        reader.say("bad-outline", whole, what, "list the chapters, each with `title` and `sections`")
    return ()


def _entries(reader: _Reader, node: yaml.SequenceNode, depth: int) -> tuple[Entry, ...]:
    if id(node) in reader.seen or depth > DEEPEST_ENTRY:
        reader.say("bad-outline", span_of(reader.source, node), "entries are nested too deeply or repeated")
        return ()
    reader.seen.add(id(node))
    entries = (_entry(reader, each, depth) for each in node.value)
    return tuple(each for each in entries if each is not None)


def _entry(reader: _Reader, node: yaml.Node, depth: int) -> Entry | None:
    span = span_of(reader.source, node)
    if isinstance(node, yaml.MappingNode):
        return _mapping(reader, node, depth)
    text = scalar(node)
    if text is None:
        if not reader.broken:
            reader.say(
                "bad-outline", span, "an entry is empty", "give it `local` and `title`, or delete the line"
            )
        return None
    reader.say(
        "bad-outline", span, f"the entry `{text}` is a text", f"write `- local: {text}`, and a `title`"
    )
    return Entry(span, "", local=text)


def _mapping(reader: _Reader, node: yaml.MappingNode, depth: int) -> Entry:
    given = _known_keys(reader, node)
    span = span_of(reader.source, node)
    sections = given.get("sections")
    children: tuple[Entry, ...] = ()
    if isinstance(sections, yaml.SequenceNode):
        children = _entries(reader, sections, depth + 1)
    elif sections is not None and (isinstance(sections, yaml.MappingNode) or scalar(sections) is not None):
        reader.say(
            "bad-outline",
            span_of(reader.source, sections),
            "`sections` is not a list",
            "start each with `- `",
        )
    frameworks = _frameworks(reader, given.get("local_fw"))
    local = _text(reader, given, "local") or (frameworks[0][1] if frameworks else None)
    title = _text(reader, given, "title") or ""
    if not title and not reader.broken:
        reader.say("outline-key", _first_line(span), "an entry has no `title`", "add `title: …`")
    if local is None and "sections" not in given and not reader.broken:
        reader.say(
            "outline-key", _first_line(span), "an entry has neither `local` nor `sections`", "add `local: …`"
        )
    return Entry(
        span, title, local,
        address=_text(reader, given, "newlocal"),
        quiz=_number(reader, given),
        frameworks=frameworks,
        entries=children,
        expanded=_flag(given, "isExpanded"),
        subtitle=_text(reader, given, "subtitle"),
        new=_flag(given, "new"),
    )  # fmt: skip


def _known_keys(reader: _Reader, node: yaml.MappingNode) -> dict[str, yaml.Node]:
    """Give the values by key; a key that is misspelt or translated counts as the one that it stands for."""
    written = list(pairs(reader.source, node))
    given: dict[str, yaml.Node] = {}
    strange: list[tuple[str, Span, yaml.Node]] = []
    for key, span, value in written:
        if key not in KEYS:
            strange.append((key, span, value))
        elif key in given:
            reader.say("outline-key", span, f"the key `{key}` stands twice", "delete one of the two")
        else:
            given[key] = value
    for key, span, value in strange:
        meant = _meant(key, value, given)
        advice = f"did you mean `{meant}`?" if meant else "delete it"
        reader.say("outline-key", span, f"an outline has no key `{key}`", advice)
        if meant:
            given[meant] = value
    return given


def _meant(key: str, value: yaml.Node, given: dict[str, yaml.Node]) -> str:
    """Guess which key an unknown one stands for: by its spelling, else by what only that key can hold."""
    missing = [each for each in KEYS if each not in given]
    near = did_you_mean(key, missing).removeprefix("did you mean `").removesuffix("`?")
    fits: dict[str, Callable[[], bool]] = {
        "sections": lambda: isinstance(value, yaml.SequenceNode),
        "local_fw": lambda: isinstance(value, yaml.MappingNode),
    }
    if near:
        return near if fits.get(near, lambda: scalar(value) is not None)() else ""
    if isinstance(value, yaml.SequenceNode):
        return "sections" if "sections" in missing else ""
    text = scalar(value)
    if text is None or key.isascii():
        return ""
    if text.isdecimal():
        return "quiz" if "quiz" in missing else ""
    if "local" in missing and "sections" not in given and "/" in text and " " not in text:
        return "local"
    return "title" if "title" in missing else ""


def _frameworks(reader: _Reader, node: yaml.Node | None) -> tuple[tuple[str, str], ...]:
    if node is None:
        return ()
    if not isinstance(node, yaml.MappingNode):
        if scalar(node) is not None or isinstance(node, yaml.SequenceNode):
            place = span_of(reader.source, node)
            reader.say(
                "outline-key", place, "`local_fw` is not a mapping", "write `pt: …` and `tf: …` below it"
            )
        return ()
    named = ((key, scalar(value)) for key, _, value in pairs(reader.source, node))
    return tuple((key, text) for key, text in named if text)


def _text(reader: _Reader, given: dict[str, yaml.Node], key: str) -> str | None:
    node = given.get(key)
    if node is None:
        return None
    if not isinstance(node, yaml.ScalarNode):
        reader.say(
            "outline-key", span_of(reader.source, node), f"`{key}` is not a text", "write it on one line"
        )
        return None
    return " ".join((scalar(node) or "").split()) or None


def _number(reader: _Reader, given: dict[str, yaml.Node]) -> int | None:
    node = given.get("quiz")
    text = scalar(node) if node is not None else None
    if node is None or (text is None and isinstance(node, yaml.ScalarNode)):
        return None
    if text is not None and text.isdecimal() and len(text) <= DIGITS:
        return int(text)
    reader.say(
        "outline-key", span_of(reader.source, node), "`quiz` is not a number", "write the chapter's number"
    )
    return None


def _flag(given: dict[str, yaml.Node], key: str) -> bool:
    node = given.get(key)
    return node is not None and (scalar(node) or "").lower() in TRUE


def _first_line(span: Span) -> Span:
    text = span.text.splitlines()[0].rstrip() if span.text.strip() else ""
    return Span(span.source, span.start, span.start + len(text))
