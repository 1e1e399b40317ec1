"""Builds the stand-ins of the tests: tiny models, synthesised sounds, a metric, and what is run before the first cell."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent


def build(folder: Path) -> None:
    """Fill the empty `folder` with stand-ins for the audio course's models and datasets, about 8 MB; offline."""
    from stand_in_models import build_models  # noqa: PLC0415 - they import PyTorch
    from stand_in_sounds import build_sounds, sound  # noqa: PLC0415

    build_models(folder)
    build_sounds(folder)
    (folder / "sounds").mkdir()
    (folder / "sounds/example.flac").write_bytes(sound(5.3, 22_050, 3))
    (folder / "wer").mkdir()
    shutil.copyfile(HERE / "stand_in_wer.py", folder / "wer/wer.py")
    shutil.copyfile(HERE / "stand_in_shims.py", folder / "before_cells.py")


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    build(Path(sys.argv[1]))
