"""Attributes taken out of HTML that has been cleaned."""

from __future__ import annotations

import re

_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [^\s=>"]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([^\s=>"]+)="[^"]*"')


def attributes_without(attributes: str, name: str) -> str:
    """Give the attributes of a tag, each as ` name="value"`, without one.

    They are read one after the other: a value may end in what looks like the beginning of another attribute.
    """
    return _ATTRIBUTE.sub(lambda match: "" if match[1] == name else match[0], attributes)


def without_ids(html: str) -> str:
    """Give HTML without the ids of its elements."""
    if " id=" not in html:
        return html
    return _TAG.sub(lambda match: f"<{match[1]}{attributes_without(match[2], 'id')}>", html)
