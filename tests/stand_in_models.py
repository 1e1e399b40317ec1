"""Tiny models with random weights under the Hub ids that chapters on audio name: right in shape, and nothing else."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import torch
import transformers as tf
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers.models.whisper.tokenization_whisper import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHISPER = (
    "openai/whisper-small",
    "openai/whisper-base",
    "openai/whisper-tiny",
    "sanchit-gandhi/whisper-small-dv",
)
WHISPER_ENGLISH = ("openai/whisper-base.en",)
WAV2VEC2 = (
    "facebook/wav2vec2-base-960h",
    "facebook/wav2vec2-base-100h",
    "maxidl/wav2vec2-large-xlsr-german",
)
INTENTS = (
    "abroad", "address", "app_error", "atm_limit", "balance", "business_loan", "card_issues",
    "cash_deposit", "direct_debit", "freeze", "high_value_payment", "joint_account", "latest_transactions", "pay_bill",
)  # fmt: skip
WAKE_WORD = "marvin"
COMMANDS = tuple(WAKE_WORD if number == 27 else f"word{number}" for number in range(35))


def build_models(folder: Path) -> None:
    """Write all models into `folder`, the same weights each time."""
    for name in WHISPER:
        _seeded(whisper, folder / name, list(LANGUAGES))
    for name in WHISPER_ENGLISH:
        _seeded(whisper, folder / name, [])
    for name in WAV2VEC2:
        _seeded(wav2vec2, folder / name)
    _seeded(intent_classifier, folder / "anton-l/xtreme_s_xlsr_300m_minds14")
    _seeded(command_classifier, folder / "MIT/ast-finetuned-speech-commands-v2")
    _seeded(speaking, folder / "microsoft/speecht5_tts")
    _seeded(vocoder, folder / "microsoft/speecht5_hifigan")
    _seeded(bark, folder / "suno/bark-small")
    _seeded(musicgen, folder / "facebook/musicgen-small")
    (folder / "pyannote/speaker-diarization@2.1").mkdir(parents=True)
    (folder / "pyannote/speaker-diarization@2.1/config.json").write_text("{}")


def _seeded(make: Callable[..., None], folder: Path, *rest: Any) -> None:
    torch.manual_seed(7)
    folder.mkdir(parents=True)
    make(folder, *rest)


def whisper(folder: Path, languages: list[str]) -> None:
    """A Whisper with the bytes as its words; without languages an English one."""
    words = [f"<|{each}|>" for each in languages]
    tasks = [
        f"<|{each}|>"
        for each in ("translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps")
    ]
    special = ["<|endoftext|>", "<|startoftranscript|>", *words, *tasks]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {word: number for number, word in enumerate([*letters, *special])}
    roles = dict.fromkeys(("unk_token", "bos_token", "eos_token", "pad_token"), special[0])
    tokenizer = tf.WhisperTokenizer(vocab=vocabulary, merges=[], **roles)
    tokenizer.add_special_tokens({"additional_special_tokens": special[1:]})
    times = [
        tf.AddedToken(f"<|{number * 0.02:.2f}|>", special=False, normalized=False) for number in range(1501)
    ]
    tokenizer.add_tokens(times)
    end, start, plain = (
        vocabulary[f"<|{each}|>"] for each in ("endoftext", "startoftranscript", "notimestamps")
    )
    config = tf.WhisperConfig(
        vocab_size=len(tokenizer), d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, pad_token_id=end, bos_token_id=end,
        eos_token_id=end, decoder_start_token_id=start, suppress_tokens=None, begin_suppress_tokens=None,
    )  # fmt: skip
    model = tf.WhisperForConditionalGeneration(config)
    _short_spoken(model.model.decoder.layer_norm, model.proj_out.weight[end])
    settings = tf.GenerationConfig(
        pad_token_id=end, bos_token_id=end, eos_token_id=end, decoder_start_token_id=start, is_multilingual=bool(languages), no_timestamps_token_id=plain, max_initial_timestamp_index=50, max_length=448,
        begin_suppress_tokens=[end], suppress_tokens=[], prev_sot_token_id=vocabulary["<|startofprev|>"],
        return_timestamps=False,
    )  # fmt: skip
    if languages:
        settings.lang_to_id = {word: vocabulary[word] for word in words}
        settings.task_to_id = {each: vocabulary[f"<|{each}|>"] for each in ("transcribe", "translate")}
    model.generation_config = settings
    model.save_pretrained(folder)
    tf.WhisperProcessor(tf.WhisperFeatureExtractor(), tokenizer).save_pretrained(folder)


def _short_spoken(last: torch.nn.LayerNorm, end: torch.Tensor) -> None:
    """Let a model prefer to end its text, so that no cell waits for hundreds of random words."""
    with torch.no_grad():
        last.bias += 2 * end / end.dot(end)


def _tiny_wav2vec2(**more: Any) -> tf.Wav2Vec2Config:
    return tf.Wav2Vec2Config(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, conv_dim=(8,) * 7,
        num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=2, classifier_proj_size=16, **more,
    )  # fmt: skip


def _letters(folder: Path) -> Path:
    words = ["<pad>", "<s>", "</s>", "<unk>", "|", *"ETAONIHSRDLUMWCFGYPBVK'XJQZ"]
    file = folder / "vocab.json"
    file.write_text(json.dumps({word: number for number, word in enumerate(words)}))
    return file


def wav2vec2(folder: Path) -> None:
    """A wav2vec 2.0 that writes letters."""
    tokenizer = tf.Wav2Vec2CTCTokenizer(str(_letters(folder)))
    model = tf.Wav2Vec2ForCTC(_tiny_wav2vec2(vocab_size=len(tokenizer), pad_token_id=0))
    model.save_pretrained(folder)
    tf.Wav2Vec2Processor(tf.Wav2Vec2FeatureExtractor(), tokenizer).save_pretrained(folder)


def _labels(names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id2label": dict(enumerate(names)),
        "label2id": {name: number for number, name in enumerate(names)},
    }


def intent_classifier(folder: Path) -> None:
    """A wav2vec 2.0 that tells what callers of a bank want."""
    tf.Wav2Vec2ForSequenceClassification(_tiny_wav2vec2(**_labels(INTENTS))).save_pretrained(folder)
    tf.Wav2Vec2FeatureExtractor().save_pretrained(folder)


def command_classifier(folder: Path) -> None:
    """An audio spectrogram transformer that hears the wake word in everything."""
    config = tf.ASTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, max_length=128, **_labels(COMMANDS)
    )  # fmt: skip
    model = tf.ASTForAudioClassification(config)
    with torch.no_grad():
        model.classifier.dense.bias[COMMANDS.index(WAKE_WORD)] = 8.0
    model.save_pretrained(folder)
    tf.ASTFeatureExtractor(max_length=128).save_pretrained(folder)


def _characters(special: dict[str, str]) -> tf.PreTrainedTokenizerFast:
    """Give a tokenizer for which each printable ASCII character is a word."""
    words = [*special.values(), *map(chr, range(32, 127))]
    unknown = special["unk_token"]
    tokenizer = Tokenizer(
        models.WordLevel({word: number for number, word in enumerate(words)}, unk_token=unknown)
    )
    tokenizer.normalizer = normalizers.NFD()
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.decoder = decoders.Fuse()
    return tf.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def speaking(folder: Path) -> None:
    """A SpeechT5 that speaks for as long as it may, which is short."""
    import sentencepiece  # noqa: PLC0415 - only this model's tokenizer needs it

    made = io.BytesIO()  # a file's name would be part of the model
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(map(chr, range(33, 127)))] * 4), model_writer=made,
        model_type="char", vocab_size=97, character_coverage=1.0, hard_vocab_limit=False, minloglevel=2,
        bos_id=0, pad_id=1, eos_id=2, unk_id=3,
    )  # fmt: skip
    (folder / "spm_char.model").write_bytes(made.getvalue())
    tokenizer = tf.SpeechT5Tokenizer(str(folder / "spm_char.model"))
    config = tf.SpeechT5Config(
        vocab_size=len(tokenizer), hidden_size=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32, speech_decoder_prenet_units=16,
        speech_decoder_postnet_units=16, speech_decoder_postnet_layers=2, positional_dropout=0.0,
    )  # fmt: skip
    model = tf.SpeechT5ForTextToSpeech(config)
    with torch.no_grad():
        model.speech_decoder_postnet.prob_out.bias.fill_(-0.5)
    model.save_pretrained(folder)
    tf.SpeechT5Processor(tf.SpeechT5FeatureExtractor(), tokenizer).save_pretrained(folder)


def vocoder(folder: Path) -> None:
    """A HiFi-GAN with few channels, loud enough to be heard."""
    model = tf.SpeechT5HifiGan(tf.SpeechT5HifiGanConfig(upsample_initial_channel=16))
    with torch.no_grad():
        for each in model.modules():
            if isinstance(each, torch.nn.Conv1d | torch.nn.ConvTranspose1d):
                each.weight.normal_(std=1.5 / each.weight[0].numel() ** 0.5)
    model.save_pretrained(folder)


def _tiny_encodec(codebooks: int, words: int, rate: int) -> tf.EncodecConfig:
    bits = (words - 1).bit_length()
    return tf.EncodecConfig(
        target_bandwidths=[codebooks * bits * rate / 320 / 1000], sampling_rate=rate, num_filters=2, hidden_size=8,
        codebook_size=words, codebook_dim=8, num_lstm_layers=1, upsampling_ratios=[8, 5, 4, 2],
    )  # fmt: skip


def bark(folder: Path) -> None:
    """A Bark that says a second of noise, with small vocabularies."""
    from transformers.models.bark import generation_configuration_bark as settings  # noqa: PLC0415 - not public elsewhere

    tokenizer = _characters({"pad_token": "[PAD]", "unk_token": "[UNK]"})
    meanings, sounds = 32, 64
    text_end = meanings + len(tokenizer)
    shape: dict[str, Any] = {"block_size": 1024, "num_layers": 1, "num_heads": 2, "hidden_size": 16}
    config = tf.BarkConfig(
        semantic_config=tf.BarkSemanticConfig(input_vocab_size=text_end + 2, output_vocab_size=meanings + 1, **shape).to_dict(),
        coarse_acoustics_config=tf.BarkCoarseConfig(
            input_vocab_size=meanings + 2 * sounds + 4, output_vocab_size=meanings + 2 * sounds, **shape
        ).to_dict(),
        fine_acoustics_config=tf.BarkFineConfig(input_vocab_size=sounds + 1, output_vocab_size=sounds, **shape).to_dict(),
        codec_config=_tiny_encodec(8, sounds, 24_000).to_dict(),
    )  # fmt: skip
    model = tf.BarkModel(config)
    semantic = settings.BarkSemanticGenerationConfig(
        eos_token_id=meanings, max_new_tokens=48, text_encoding_offset=meanings, text_pad_token=text_end,
        semantic_infer_token=text_end + 1, semantic_vocab_size=meanings, do_sample=True,
    )  # fmt: skip
    coarse = settings.BarkCoarseGenerationConfig(
        coarse_semantic_pad_token=meanings + 2 * sounds,
        coarse_infer_token=meanings + 2 * sounds + 2,
        do_sample=True,
    )
    whole = settings.BarkGenerationConfig(
        semantic.to_dict(),
        coarse.to_dict(),
        settings.BarkFineGenerationConfig().to_dict(),
        codebook_size=sounds,
    )
    model.save_pretrained(folder)
    (folder / "generation_config.json").write_text(json.dumps(whole.to_dict(), default=str))
    tf.BarkProcessor(tokenizer).save_pretrained(folder)


def musicgen(folder: Path) -> None:
    """A MusicGen with four small codebooks."""
    tokenizer = _characters({"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"})
    words = 64
    text = tf.T5Config(vocab_size=len(tokenizer), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    decoder = tf.MusicgenDecoderConfig(
        vocab_size=words, hidden_size=16, ffn_dim=32, num_hidden_layers=1, num_attention_heads=2, num_codebooks=4,
        pad_token_id=words, bos_token_id=words,
    )  # fmt: skip
    config = tf.MusicgenConfig(
        text_encoder=text.to_dict() | {"model_type": "t5"},
        audio_encoder=_tiny_encodec(4, words, 32_000).to_dict(), decoder=decoder.to_dict(),
    )  # fmt: skip
    model = tf.MusicgenForConditionalGeneration(config)
    model.generation_config = tf.GenerationConfig(
        do_sample=True,
        guidance_scale=3.0,
        max_length=1500,
        decoder_start_token_id=words,
        pad_token_id=words,
        bos_token_id=words,
    )
    model.save_pretrained(folder)
    extractor = tf.EncodecFeatureExtractor(sampling_rate=32_000)
    tf.MusicgenProcessor(extractor, tokenizer).save_pretrained(folder)
