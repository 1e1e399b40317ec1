"""Sounds in outputs made smaller: what a cell gives as WAV becomes FLAC, or Ogg Opus where it is long; none plays by itself."""

from __future__ import annotations

import io
import re
import sys
import wave
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from site_builder.execute.kernels.ogg_pages import numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.model.notebook import Output

LARGE = 400_000
"""Bytes of FLAC above which a sound is packed with losses."""

OPUS_RATES = frozenset({8_000, 12_000, 16_000, 24_000, 48_000})
"""Samples a second that Opus takes as they are."""

_TAG = re.compile(r"<(?:audio|source|video)\b[^>]*>", re.IGNORECASE)
_AUTOPLAY = re.compile(r"""\s+autoplay\b(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?""", re.IGNORECASE)
_WAV = re.compile(r"""(\bsrc\s*=\s*["'])data:audio/(?:x-|vnd\.)?wave?;base64,([A-Za-z0-9+/=\s]+)(?=["'])""")
_TYPE = re.compile(r"""(\btype\s*=\s*["'])audio/(?:x-|vnd\.)?wave?(?=["'])""")

_SAMPLE_BYTES = 2
_FRAMES_AT_ONCE = 4096  # more in one call go beyond the stack of libsndfile's Ogg writer


@dataclass(frozen=True)
class _Samples:
    """A sound of 16 bits, its channels interleaved, little-endian."""

    content: bytes
    rate: int
    channels: int


def smaller_sound(output: Output) -> Output:
    """Give an output whose players have FLAC or Ogg Opus where that is smaller, and do not start by themselves.

    What is no PCM of 16 bits stays as it is. Sounds come from contributed code: they are read by the standard library
    alone, and libsndfile gets bare samples.
    """
    html = (output.data or {}).get("text/html")
    if not isinstance(html, str) or not re.search(r"<(?:audio|video)\b", html, re.IGNORECASE):
        return output
    made = _TAG.sub(lambda match: _tag(match[0]), html)
    return output if made == html else replace(output, data={**(output.data or {}), "text/html": made})


def _tag(tag: str) -> str:
    tag = _AUTOPLAY.sub("", tag)
    found = _WAV.search(tag)
    packed = _packed(found[2]) if found else None
    if found is None or packed is None:
        return tag
    kind, content = packed
    tag = f"{tag[: found.start()]}{found[1]}data:{kind};base64,{b64encode(content).decode()}{tag[found.end() :]}"
    return _TYPE.sub(lambda match: match[1] + kind, tag)


def _packed(text: str) -> tuple[str, bytes] | None:
    """Give the kind and content of a smaller file for a WAV in Base64; `None` where there is none."""
    try:
        content = b64decode("".join(text.split()), validate=True)
        samples = _samples(content)
    except (ValueError, EOFError, wave.Error, OverflowError, RuntimeError):
        return None
    if samples is None:
        return None
    best = _file(samples, "FLAC", {"subtype": "PCM_16"})
    kind = "audio/flac"
    if best is None or len(best) > LARGE:
        opus = _file(samples, "OGG", {"subtype": "OPUS"}) if samples.rate in OPUS_RATES else None
        if opus is not None and (best is None or len(opus) < len(best)):
            kind, best = "audio/ogg", numbered(opus)
    return (kind, best) if best is not None and len(best) < len(content) else None


def _samples(content: bytes) -> _Samples | None:
    with wave.open(io.BytesIO(content)) as file:
        if file.getsampwidth() != _SAMPLE_BYTES or sys.byteorder != "little":
            return None
        frame = _SAMPLE_BYTES * file.getnchannels()
        read = file.readframes(file.getnframes())
        whole = len(read) - len(read) % frame
        return _Samples(read[:whole], file.getframerate(), file.getnchannels()) if whole else None


def _file(samples: _Samples, form: str, how: Mapping[str, str]) -> bytes | None:
    """Give a sound file; `None` where libsndfile is missing or does not write such a one."""
    try:
        import soundfile  # noqa: PLC0415 - a build that attaches runs does not load it
    except (ImportError, OSError):
        return None
    made = io.BytesIO()
    size = _FRAMES_AT_ONCE * _SAMPLE_BYTES * samples.channels
    try:
        with soundfile.SoundFile(made, "w", samples.rate, samples.channels, format=form, **how) as file:
            rest = io.BytesIO(samples.content)
            for part in iter(partial(rest.read, size), b""):
                file.buffer_write(part, dtype="int16")
    except (RuntimeError, ValueError, TypeError, OverflowError):
        return None
    return made.getvalue()
