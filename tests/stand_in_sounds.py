"""Small datasets of synthesised sounds under the Hub ids that chapters on audio name: right in their columns, and nothing else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from datasets import Audio, ClassLabel, Dataset, Features, Sequence, Value
from stand_in_models import INTENTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TEXT, WHOLE, AMOUNT = Value("string"), Value("int64"), Value("float32")
LOCALES = ("cs-CZ", "de-DE", "en-AU", "en-GB", "en-US", "es-ES", "fr-FR")
SPEAKERS = 7931
"""The speakers whose embeddings chapters pick from by number."""

Row = dict[str, Any]


def build_sounds(folder: Path) -> None:
    """Write all datasets into `folder`, the same bytes each time."""
    minds = folder / "PolyAI/minds14"
    _described(minds, dict.fromkeys(("en-AU", "de-DE"), ("train",)))
    for locale in ("en-AU", "de-DE"):
        _write(minds, locale, "train", _intent_features(), _intent_rows(locale))
    _simple(folder / "speechcolab/gigaspeech", "xs", ("train", "validation"), 16_000, _podcast(), 3)
    book = {"file": TEXT, "text": TEXT, "speaker_id": WHOLE, "chapter_id": WHOLE, "id": TEXT}
    _simple(folder / "hf-internal-testing/librispeech_asr_dummy", "clean", ("validation",), 16_000, book, 4)
    reading = {"original_path": TEXT, "text": TEXT, "speaker_id": TEXT, "chapter_id": TEXT, "id": TEXT}
    _simple(
        folder / "facebook/multilingual_librispeech", "spanish", ("validation",), 16_000, reading, 25, 13.0
    )
    debate = {"audio_id": TEXT, "text": TEXT, "gender": TEXT, "speaker_id": TEXT}
    _simple(folder / "qmeeus/voxpopuli", "it", ("validation",), 16_000, debate, 3)
    _simple(
        folder / "sanchit-gandhi/concatenated_librispeech",
        "default",
        ("train",),
        16_000,
        {"text": TEXT},
        2,
        8.0,
    )
    _simple(
        folder / "mozilla-foundation/common_voice_13_0",
        "dv",
        ("train", "validation", "test"),
        48_000,
        _voices(),
        6,
    )
    _speakers(folder / "Matthijs/cmu-arctic-xvectors")


def _podcast() -> dict[str, Any]:
    return {
        "segment_id": TEXT,
        "speaker": TEXT,
        "text": TEXT,
        "begin_time": AMOUNT,
        "end_time": AMOUNT,
        "title": TEXT,
    }


def _voices() -> dict[str, Any]:
    words = ("client_id", "path", "sentence", "age", "gender", "accent", "locale", "segment", "variant")
    return {**dict.fromkeys(words, TEXT), "up_votes": WHOLE, "down_votes": WHOLE}


def _intent_features() -> Features:
    return Features(
        path=TEXT,
        audio=Audio(sampling_rate=8000),
        transcription=TEXT,
        english_transcription=TEXT,
        intent_class=ClassLabel(names=list(INTENTS)),
        lang_id=ClassLabel(names=list(LOCALES)),
    )


def _intent_rows(locale: str) -> Iterable[Row]:
    for number in range(12):
        intent = (13 + number) % len(INTENTS)
        wish = f"caller {number} asks for {INTENTS[intent].replace('_', ' ')}"
        path = f"{locale}~{INTENTS[intent].upper()}/response_{number}.flac"
        seconds = 21.0 if number == 5 else 2.0 + number % 3
        yield {
            "path": path,
            "audio": {"path": path, "bytes": sound(seconds, 8000, number)},
            "transcription": wish,
            "english_transcription": wish,
            "intent_class": intent,
            "lang_id": LOCALES.index(locale),
        }


def _simple(
    folder: Path,
    config: str,
    splits: tuple[str, ...],
    rate: int,
    columns: dict[str, Any],
    rows: int,
    seconds: float = 2.0,
) -> None:
    """Write a dataset of `rows` sounds a split; its other columns say what and which."""
    _described(folder, {config: splits})
    features = Features(audio=Audio(sampling_rate=rate), **columns)
    for split in splits:
        made = [_row(columns, number, split, sound(seconds, rate, number % 3)) for number in range(rows)]
        _write(folder, config, split, features, made)


def _row(columns: dict[str, Any], number: int, split: str, content: bytes) -> Row:
    row: Row = {
        name: number if kind is WHOLE else 0.5 if kind is AMOUNT else f"{name} {number}"
        for name, kind in columns.items()
    }
    return {**row, "audio": {"path": f"{split}_{number}.flac", "bytes": content}}


def _speakers(folder: Path) -> None:
    _described(folder, {"default": ("validation",)})
    vector = [round(float(each), 1) for each in np.sin(np.arange(512))]
    rows: Iterable[Row] = ({"filename": f"speaker-{number}", "xvector": vector} for number in range(SPEAKERS))
    features = Features(filename=TEXT, xvector=Sequence(AMOUNT))
    _write(folder, "default", "validation", features, rows)


def sound(seconds: float, rate: int, number: int) -> bytes:
    """Give a FLAC file with a voice-like hum: harmonics of a tone, in syllables."""
    time = np.arange(int(seconds * rate)) / rate
    tone = 110.0 * (1 + number % 7 / 7)
    wave = sum(np.sin(2 * np.pi * tone * each * time) / each for each in range(1, 6))
    wave *= 0.2 * np.clip(np.sin(2 * np.pi * 3 * time), 0, 1)
    file = io.BytesIO()
    soundfile.write(file, np.round(wave * 127) / 127, rate, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def _described(folder: Path, configs: dict[str, tuple[str, ...]]) -> None:
    folder.mkdir(parents=True)
    lines = ["---", "configs:"]
    for config, splits in configs.items():
        lines += [f"- config_name: {config}", "  data_files:"]
        for split in splits:
            lines += [f"  - split: {split}", f"    path: {config}/{split}.parquet"]
    (folder / "README.md").write_text("\n".join([*lines, "---", "A stand-in.", ""]))


def _write(folder: Path, config: str, split: str, features: Features, rows: Iterable[Row]) -> None:
    (folder / config).mkdir(exist_ok=True)
    dataset = Dataset.from_list([{name: row[name] for name in features} for row in rows], features=features)
    dataset.to_parquet(folder / config / f"{split}.parquet")
