"""Pictures that are attached to a notebook's cell become part of the addresses that name them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from site_builder.dialect.embedded import is_embedded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markdown_it.token import Token

    from site_builder.model.document import Document

_SCHEME = "attachment:"


def with_attachments(document: Document, cell: Mapping[str, Any]) -> Document:
    """Put a cell's attached pictures in place of the addresses `attachment:NAME` of its document."""
    pictures = {_SCHEME + name: address for name, address in _pictures(cell.get("attachments"))}
    if not pictures:
        return document
    for token in _tokens(document.blocks):
        written = str(token.attrs.get("src", ""))
        if token.type == "image" and written.startswith(_SCHEME):
            token.attrs["src"] = pictures.get(written) or pictures.get(unquote(written)) or written
    kept = (
        each
        for each in document.references
        if each.address not in pictures and unquote(each.address) not in pictures
    )
    return replace(document, references=tuple(kept))


def _pictures(attachments: object) -> Iterator[tuple[str, str]]:
    for name, forms in attachments.items() if isinstance(attachments, dict) else ():
        for kind, content in forms.items() if isinstance(forms, dict) else ():
            address = f"data:{kind};base64,{''.join(str(content).split())}"
            if is_embedded(address):
                yield str(name), address
                break


def _tokens(blocks: Iterable[Any]) -> Iterator[Token]:
    """Give all tokens of blocks, those inside others as well."""
    for block in blocks:
        todo: list[Token] = list(getattr(block, "syntax", ()))
        while todo:
            token = todo.pop()
            yield token
            todo += token.children or ()
        for inside in ("children", "islands", "arms"):
            yield from _tokens(getattr(block, inside, ()))
