"""A parsed page: a closed union of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from site_builder.model.controls import Controls, PageControls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.notebook import Output
    from site_builder.model.quiz import Question
    from site_builder.model.run import Checked
    from site_builder.model.source import Span

Syntax: TypeAlias = "tuple[Any, ...]"
"""What the Markdown parser made of a stretch, its own tokens: made in `parse`, read again in `render`."""


@dataclass(frozen=True)
class Prose:
    """Markdown without anything of ours at its top level: paragraphs, lists, tables, quotes, HTML, math.

    What stands inside a list item or a quote and is not plain Markdown (a heading, a fence, a callout, a
    component) is an island: `syntax` has a token of type `island` there, whose `meta` is
    `{"island": index}` into `islands`.
    """

    span: Span
    syntax: Syntax = field(repr=False, compare=False)
    islands: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading, level 1 to 6. `text` is its plain text, the inline leaves joined by one space.

    `explicit` is the id that the author wrote as `[[x]]`; `anchor` the id on the page and `aliases` further ids
    that lead here, both set by resolve.
    """

    span: Span
    level: int
    text: str
    syntax: Syntax = field(repr=False, compare=False)
    explicit: str | None = None
    anchor: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Code:
    """A fence that is shown and never run. `language` is the first word of `info`, lower case."""

    span: Span
    text: str
    language: str = ""
    info: str = ""


@dataclass(frozen=True)
class Expected:
    """Output that the author wrote under a cell. `label` is the inline syntax of a line such as `**Output:**`."""

    span: Span
    text: str
    label: Syntax = field(default=(), repr=False, compare=False)
    language: str = ""
    is_trace: bool = False


@dataclass(frozen=True)
class Cell:
    """Python that a learner could run. `options` are the words of the info string after the language.

    `controls` is what they say about running. `expected` is what the author wrote as its output; `outputs` what a notebook page
    stores, or, after `attach`, what its kept run gave: from then on both hold what is to be shown. `outputs_from` is the
    notebook that the outputs stand in, a path relative to the course folder.
    """

    span: Span
    text: str
    language: str = "python"
    options: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    outputs: tuple[Output, ...] = ()
    outputs_from: str = ""
    controls: Controls = Controls()


@dataclass(frozen=True)
class Callout:
    """A box. `kind` is one of CALLOUT_KINDS; `title` is inline Markdown, empty for the kind's own word."""

    span: Span
    kind: str
    title: str
    children: tuple[Block, ...]


CALLOUT_KINDS = ("note", "tip", "important", "warning", "caution")


@dataclass(frozen=True)
class Video:
    """A video of a provider, loaded on click. `provider` is `youtube`."""

    span: Span
    provider: str
    id: str
    title: str = ""


@dataclass(frozen=True)
class Quiz:
    """A question at its place on the page; the blocks above it are its prompt and stay blocks."""

    span: Span
    question: Question


@dataclass(frozen=True)
class Demo:
    """A page of another host in a frame, loaded on click. `kind` is `space` (a Gradio Space) or `embed`."""

    span: Span
    kind: str
    address: str
    title: str = ""
    height: int | None = None


@dataclass(frozen=True)
class NotebookLinks:
    """Links to the page's notebooks: (label, address) pairs."""

    span: Span
    links: tuple[tuple[str, str], ...]


LABELS = {"pt": "PyTorch", "tf": "TensorFlow", "jax": "JAX", "flax": "Flax"}
"""What frameworks are called, by the keys that chapters have for them."""


@dataclass(frozen=True)
class Arm:
    """One variant of a switch: `key` is what a choice is remembered by, `label` what a tab shows."""

    span: Span
    key: str
    label: str
    children: tuple[Block, ...]


@dataclass(frozen=True)
class Switch:
    """Variants of which one is shown, as tabs. `group` keeps switches in step (`fw` for frameworks)."""

    span: Span
    group: str
    arms: tuple[Arm, ...]


@dataclass(frozen=True)
class Element:
    """A tag that no component has lowered yet. `props` are the JSON5 values; `prop_spans` their places.

    `head` is the span of the opening tag alone. After resolve an element that is left is unknown: its
    children are shown, its tag is not.
    """

    span: Span
    head: Span
    name: str
    props: Mapping[str, Any] = field(hash=False)
    prop_spans: Mapping[str, Span] = field(default_factory=dict, hash=False, repr=False, compare=False)
    children: tuple[Block, ...] = ()
    self_closed: bool = False


Block: TypeAlias = (
    Prose | Heading | Code | Cell | Callout | Video | Quiz | Demo | NotebookLinks | Switch | Element
)


@dataclass(frozen=True)
class Reference:
    """A link or a picture as the author wrote it, Markdown or HTML. `kind` is `link`, `image` or `media`."""

    span: Span
    address: str
    kind: str


@dataclass(frozen=True)
class Target:
    """Where a reference leads. `kind` says what `address` is.

    `page`: a page's address in the reader's edition, `fragment` an id on it; `edition`: a page in another edition,
    its path from the site's root (`fr/chapter1/2`); `file`: a file of the course (path relative to the course
    folder); `outside`: a URL; `here`: an id on this page; `dead`: nothing, shown as text.
    """

    kind: str
    address: str = ""
    fragment: str = ""


@dataclass(frozen=True)
class Document:
    """A page as blocks.

    `title` is the plain text of the first level-1 heading. `flags` are among `hide-contents`, `wrap-code` and
    `stretch-tables`. `front_matter` is the page's YAML mapping. `references` are all links and pictures;
    `targets`, set by resolve, tells for each address as written where it leads. `footnotes` is the syntax of the
    footnotes in the order of their first mention, `footnote_islands` the blocks that its island tokens stand for.
    `controls` is what the front matter says about running; `checked`, set by `attach`, what the page's cells were checked with.
    `rules` is what the front matter says of the page's quiz, by the fields of `model.quiz.Rules`; after resolve, what the original's says.
    """

    span: Span
    blocks: tuple[Block, ...]
    title: str = ""
    flags: frozenset[str] = frozenset()
    front_matter: Mapping[str, Any] = field(default_factory=dict, hash=False)
    references: tuple[Reference, ...] = ()
    targets: Mapping[str, Target] = field(default_factory=dict, hash=False)
    footnotes: Syntax = field(default=(), repr=False, compare=False)
    footnote_islands: tuple[Block, ...] = ()
    controls: PageControls = PageControls()
    checked: Checked | None = None
    rules: Mapping[str, Any] = field(default_factory=dict, hash=False)
