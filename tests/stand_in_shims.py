"""Runs before the first cell (as the stand-ins' `before_cells.py`): what files alone cannot give."""
# ruff: noqa: F821 - `after_import` and `stand_ins` are given by what runs it

from __future__ import annotations

import functools
import sys
import types
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    after_import: Callable[[str, Callable[[Any], None]], None]
    stand_ins: str

STEPS = 2
"""Training steps that a cell takes, whatever it asks for."""
SPOKEN = "a hum of a few seconds, and nothing more to say"


def decoded_sound(module: Any) -> None:
    """Sounds of `datasets` were dictionaries once, and could be copied."""

    def copy(sound: Any) -> dict[str, Any]:
        return {"path": None, "array": sound["array"], "sampling_rate": sound["sampling_rate"]}

    module.AudioDecoder.copy = copy


def example_sounds(module: Any) -> None:
    """Librosa's examples are downloads: each of them is one file here."""

    def example(*_: Any, **__: Any) -> str:
        file = Path(stand_ins) / "sounds/example.flac"
        file.open("rb").close()  # so that it is heard of: who decodes it opens it unheard
        return str(file)

    module.ex = module.example = example


def audio_component(module: Any) -> None:
    """Gradio's `source` became `sources`."""
    made = module.Audio.__init__

    @functools.wraps(made)
    def make(self: Any, *given: Any, **named: Any) -> None:
        if "source" in named:
            named["sources"] = [named.pop("source")]
        made(self, *given, **named)

    module.Audio.__init__ = make


def microphone(module: Any) -> None:
    """A microphone before which a tone is hummed for one chunk."""

    def live(
        sampling_rate: int, chunk_length_s: float, stream_chunk_s: float = 1.0, **_: Any
    ) -> Iterator[dict[str, Any]]:
        import numpy as np  # noqa: PLC0415 - not before a page needs it

        heard = 0.0
        while heard < chunk_length_s:
            heard = min(heard + stream_chunk_s, chunk_length_s)
            times = np.arange(int(heard * sampling_rate), dtype=np.float32) / sampling_rate
            wave = np.sin(np.float32(2 * np.pi * 220) * times) / 4
            yield {
                "raw": wave,
                "sampling_rate": sampling_rate,
                "stride": (0, 0),
                "partial": heard < chunk_length_s,
            }

    module.ffmpeg_microphone_live = live


class TokenFolder:
    """What the Hub's library had for its token."""

    def get_token(self) -> str:
        """Give no real token."""
        return "none"


def hub(module: Any) -> None:
    """The Hub's library without a Hub."""
    module.HfFolder = TokenFolder


def logins(module: Any) -> None:
    """Nobody logs in, and cells that follow do not need it."""
    module.notebook_login = lambda *_, **__: None


class Agent:
    """The agent that Transformers had: it draws a grey square, whatever it is asked."""

    def __init__(self, url_endpoint: str = "", **_: Any) -> None:
        self.url_endpoint = url_endpoint

    def run(self, task: str, **_: Any) -> Any:
        """Give a picture for a task."""
        from PIL import Image  # noqa: PLC0415 - not before a page needs it

        return Image.new("L", (32, 32), 64 + len(task) % 128)


def agents(module: Any) -> None:
    """Put the agent where it was; into the module's class, since the library puts new modules in the place of old ones."""
    type(module).HfAgent = Agent


def inference(module: Any) -> None:
    """The hosted inference answers every text in the same way."""
    sent = module.Session.request

    def request(self: Any, method: str, url: str, *given: Any, **named: Any) -> Any:
        if "//api-inference." not in url:
            return sent(self, method, url, *given, **named)
        asked = str((named.get("json") or {}).get("inputs", ""))
        answer = [{"generated_text": f"{asked} {SPOKEN}"}]
        return types.SimpleNamespace(status_code=200, ok=True, json=lambda: answer)

    module.Session.request = request


def torch(module: Any) -> None:
    """The same noise each time; tiny models are slower with threads that wait for each other."""
    module.manual_seed(7)
    module.set_num_threads(1)


def resampling(module: Any) -> None:
    """Recognisers resample with torchaudio, which is not installed with the rest."""

    def resample(wave: Any, given: int, wanted: int) -> Any:
        from scipy.signal import resample_poly  # noqa: PLC0415 - not before a page needs it

        return wave.new_tensor(resample_poly(wave.numpy(), wanted, given, axis=-1))

    functional = types.SimpleNamespace(resample=resample)
    put_modules(torchaudio={"functional": functional, "__spec__": ModuleSpec("torchaudio", None)})
    module.is_torchaudio_available = lambda: True


def training_arguments(module: Any) -> None:
    """Two steps on the processor, nothing uploaded; an argument goes by its new name."""
    made = module.Seq2SeqTrainingArguments.__init__

    def make(self: Any, *given: Any, **named: Any) -> None:
        if "evaluation_strategy" in named:
            named["eval_strategy"] = named.pop("evaluation_strategy")
        few = {
            "max_steps": STEPS,
            "eval_steps": STEPS,
            "save_steps": STEPS,
            "logging_steps": 1,
            "warmup_steps": 0,
        }
        few |= {"per_device_train_batch_size": 2, "generation_max_length": 20}
        made(
            self,
            *given,
            **{
                **named,
                **few,
                "fp16": False,
                "fp16_full_eval": False,
                "push_to_hub": False,
                "report_to": "none",
            },
        )

    module.Seq2SeqTrainingArguments.__init__ = make


def trainer(module: Any) -> None:
    """A tokenizer is a processing class now, and nothing is uploaded."""
    made = module.Seq2SeqTrainer.__init__

    def make(self: Any, *given: Any, **named: Any) -> None:
        if "tokenizer" in named:
            named["processing_class"] = named.pop("tokenizer")
        made(self, *given, **named)

    module.Seq2SeqTrainer.__init__ = make
    module.Seq2SeqTrainer.push_to_hub = lambda *_, **__: None


class Annotation:
    """Who speaks when: two speakers, half the time each."""

    def __init__(self, seconds: float) -> None:
        self.turns = [(0.0, seconds / 2, "SPEAKER_00"), (seconds / 2, seconds, "SPEAKER_01")]

    def for_json(self) -> dict[str, Any]:
        """Give the turns as the library writes them."""
        turns = [
            {"segment": {"start": start, "end": end}, "track": "A", "label": who}
            for start, end, who in self.turns
        ]
        return {"pyannote": "Annotation", "content": turns}


class Diarization:
    """The gated library's pipeline."""

    @classmethod
    def from_pretrained(cls, *_: Any, **__: Any) -> Diarization:
        """Give a pipeline for any name."""
        return cls()

    def __call__(self, sound: dict[str, Any]) -> Annotation:
        """Take a waveform, channels by samples, and its rate."""
        return Annotation(sound["waveform"].shape[-1] / sound["sample_rate"])


class SpokenBy:
    """Joins a recogniser and a diarization."""

    def __init__(self, asr_pipeline: Any, diarization_pipeline: Any) -> None:
        self.asr_pipeline, self.diarization_pipeline = asr_pipeline, diarization_pipeline

    def __call__(self, sound: dict[str, Any]) -> list[dict[str, Any]]:
        """Give what each speaker said."""
        wave, rate = sound["array"], sound["sampling_rate"]
        turns = self.diarization_pipeline({"waveform": wave[None, :], "sample_rate": rate}).turns
        said = [
            self.asr_pipeline({"array": wave[int(start * rate) : int(end * rate)], "sampling_rate": rate})[
                "text"
            ]
            for start, end, _ in turns
        ]
        return [
            {"speaker": who, "text": text, "timestamp": (start, end)}
            for (start, end, who), text in zip(turns, said, strict=True)
        ]


def put_modules(**classes: dict[str, Any]) -> None:
    """Make modules that are nowhere to be had; two underscores in a name stand for a dot."""
    for name, members in classes.items():
        module = types.ModuleType(name.replace("__", "."))
        vars(module).update(members)
        sys.modules[module.__name__] = module


put_modules(
    pyannote={"__path__": []},
    pyannote__audio={"Pipeline": Diarization},
    speechbox={"ASRDiarizationPipeline": SpokenBy},
)
for changed, change in {
    "datasets.features._torchcodec": decoded_sound,
    "librosa": example_sounds,
    "gradio.components.audio": audio_component,
    "transformers.pipelines.audio_utils": microphone,
    "huggingface_hub": hub,
    "huggingface_hub._login": logins,
    "transformers": agents,
    "requests.sessions": inference,
    "torch": torch,
    "transformers.pipelines.automatic_speech_recognition": resampling,
    "transformers.training_args_seq2seq": training_arguments,
    "transformers.trainer_seq2seq": trainer,
}.items():
    after_import(changed, change)
