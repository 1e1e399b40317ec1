"""Is an address well formed? Slips whose meaning is plain are healed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
"""The schemes that links may have."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ENDINGS = "com|org|net|io|co|ai|dev|app|edu|gov|info|me|sh|ml|space|blog|tech|cloud|uk|de|fr|es|it|eu|us|in|cn|jp|kr|ru|br|ca|ch|nl|se|xyz|gle|gg|tv|be"
_SITE = re.compile(rf"(?:www\.[^/?#\s]+|(?:[\w-]+\.)+(?:{_ENDINGS})(?::\d+)?)(?=[/?#]|$)", re.IGNORECASE)
_MACHINE = re.compile(r"(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OPENING, _CLOSING = "([<\"'“‘«{", ")]>\"'”’»}"
_SLASHES = re.compile(r"(https?)\s*(?::/(?!/)|:/{3,}|:\\+|;/+|//|:(?=[\w-]+\.)|:\s+/*)", re.IGNORECASE)
_TWICE = re.compile(r"(?:https?:/*)+(?=https?://)", re.IGNORECASE)


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an address, without its place."""

    code: str
    message: str
    help: str = ""


def healed(written: str) -> tuple[str, Complaint | None]:
    """Give the address that is meant by `written`, and what is wrong with it."""
    address = written.strip()
    if not address:
        return "", Complaint(
            "malformed-link", "a link has no address", "write where it leads: `[text](address)`"
        )
    address = _mended(address)
    if address != written.strip():
        return address, Complaint("malformed-link", f"`{written}` is no address", f"write `{address}`")
    missing = _missing_scheme(address)
    if missing:
        return missing + address, Complaint(
            "missing-scheme", f"`{written}` lacks `{missing}`", f"write `{missing}{address}`"
        )
    return address, None


def _mended(address: str) -> str:
    address = _unwrapped(address)
    twice = _TWICE.match(address)
    address = address[twice.end() :] if twice else address
    slashes = _SLASHES.match(address)
    if slashes and not re.match(r"https?://[^/\\]", address, re.IGNORECASE):
        return f"{slashes[1].lower()}://{address[slashes.end() :]}"
    scheme = scheme_of(address)
    if scheme and scheme not in SCHEMES and address[len(scheme) :].startswith("://"):
        near = get_close_matches(scheme, ["https", "http"], n=1, cutoff=0.7)
        if near:
            return near[0] + address[len(scheme) :]
    return address


def _unwrapped(address: str) -> str:
    """Take off brackets and quotation marks in front, and as many behind."""
    bare = address.lstrip(_OPENING)
    count = len(address) - len(bare)
    end = len(bare)
    while count and end and bare[end - 1] in _CLOSING:
        count, end = count - 1, end - 1
    return bare[:end].strip()


def scheme_of(address: str) -> str:
    """Give an address' scheme in small letters, or an empty string; browsers pass over white space in it."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return match[1].lower() if match else ""


def _missing_scheme(address: str) -> str:
    if _SITE.match(address):
        return "https://"
    if _MACHINE.match(address):
        return "http://"
    return "mailto:" if _MAIL.fullmatch(address) else ""
