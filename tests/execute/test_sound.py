"""Sounds of outputs: smaller, the same to the ear, never by themselves, and nothing that is no sound is touched."""

from __future__ import annotations

import io
import math
import re
import struct
import wave
from array import array
from base64 import b64decode, b64encode

import pytest

from site_builder.execute.kernels.ogg_pages import numbered
from site_builder.execute.kernels.sound import smaller_sound
from site_builder.model.notebook import Output, made_files

soundfile = pytest.importorskip("soundfile")


def tone(seconds: float, rate: int = 16_000, channels: int = 1, width: int = 2) -> bytes:
    """A WAV of a tone with some noise, so that it does not pack to nothing."""
    chance, values = 1, array("h")
    for index in range(int(seconds * rate)):
        chance = chance * 48271 % 0x7FFFFFFF
        values.extend([int(8000 * math.sin(index / 9)) + chance % 2048] * channels)
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(values.tobytes())
    return made.getvalue()


def player(content: bytes, more: str = "", kind: str = "audio/wav") -> Output:
    text = b64encode(content).decode()
    html = f'\n<audio  controls="controls" {more}>\n<source src="data:{kind};base64,{text}" type="{kind}" />\nNo.\n</audio>\n'
    return Output(
        "execute_result", "<Audio>", {"text/plain": "<Audio>", "text/html": html}, metadata={"kept": 1}
    )


def html_of(output: Output) -> str:
    assert output.data
    return str(output.data["text/html"])


def test_a_short_sound_becomes_flac_without_loss() -> None:
    content = tone(0.5, channels=2)
    output = smaller_sound(player(content))
    (file,) = made_files(output)
    assert file.kind == "audio/flac"
    assert len(file.content) < len(content)
    with soundfile.SoundFile(io.BytesIO(file.content)) as made:
        assert made.buffer_read(dtype="int16")[:] == content[44:]
        assert made.samplerate == 16_000
    assert 'controls="controls"' in html_of(output)
    assert 'type="audio/flac"' in html_of(output)
    assert "wav" not in html_of(output)
    assert output.metadata == {"kept": 1}


def test_a_long_sound_becomes_opus_the_same_each_time() -> None:
    content = tone(25)
    first, again = smaller_sound(player(content)), smaller_sound(player(content))
    (file,) = made_files(first)
    assert file.kind == "audio/ogg"
    assert len(file.content) < len(content) / 3
    assert first == again
    with soundfile.SoundFile(io.BytesIO(file.content)) as made:
        assert made.subtype == "OPUS"
        assert abs(made.frames / made.samplerate - 25) < 0.1


def test_control_opus_alone_differs_each_time() -> None:
    made = []
    for serial in (3, 4):
        file = io.BytesIO()
        soundfile.write(file, [0.0] * 960, 48_000, format="OGG", subtype="OPUS")
        made.append(numbered(file.getvalue(), serial))
    assert made[0] != made[1]
    assert numbered(made[0]) == numbered(made[1])
    assert soundfile.info(io.BytesIO(numbered(made[0]))).subtype == "OPUS"


def test_a_rate_that_opus_does_not_take_stays_flac() -> None:
    (file,) = made_files(smaller_sound(player(tone(15, rate=22_050), kind="audio/x-wav")))
    assert file.kind == "audio/flac"


@pytest.mark.parametrize("more", ['autoplay="autoplay"', "autoplay", "AUTOPLAY=''", "autoplay=1 id='a'"])
def test_nothing_plays_by_itself(more: str) -> None:
    assert "autoplay" in html_of(player(b"", more)).lower()
    assert "autoplay" not in html_of(smaller_sound(player(b"none", more))).lower()
    assert "autoplay" not in html_of(smaller_sound(player(tone(0.1), more))).lower()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        tone(0.1)[:50],
        tone(0.1, width=1),
        tone(0.1, width=4),
        tone(0.1)[:22] + struct.pack("<H", 0) + tone(0.1)[24:],
        tone(0.1)[:24] + struct.pack("<I", 0) + tone(0.1)[28:],
        tone(0.1)[:24] + struct.pack("<I", 2**32 - 1) + tone(0.1)[28:],
        tone(0.1)[:20] + struct.pack("<H", 3) + tone(0.1)[22:],
        b"fLaC" + bytes(100),
    ],
)
def test_what_is_no_plain_wav_stays(content: bytes) -> None:
    output = player(content)
    found = smaller_sound(output)
    assert found == output or b64decode(re.findall('base64,([^"]+)', html_of(found))[0])[:4] == b"fLaC"


def test_a_wav_that_says_it_is_longer_than_it_is() -> None:
    content = tone(0.5)
    long = content[:40] + struct.pack("<I", 2**31) + content[44:]
    assert [each.kind for each in made_files(smaller_sound(player(long)))] in (["audio/flac"], ["audio/wav"])


def test_other_outputs_stay() -> None:
    for output in (
        Output("stream", "<audio autoplay>", name="stdout"),
        Output("display_data", "", {"text/html": "<p>about audio autoplay</p>"}),
        Output("display_data", "", {"image/png": "AAAA"}),
        Output("display_data", "", {"text/html": '<audio controls src="https://example.org/a.wav"></audio>'}),
        Output("display_data", "", {"text/html": ["<audio autoplay>"]}),
    ):
        assert smaller_sound(output) is output


def test_what_is_no_ogg_comes_back_as_it_is() -> None:
    for content in (b"", b"OggS", b"OggS" + bytes(30) + b"x", b"RIFF" + bytes(40)):
        assert numbered(content) == content
