"""What a notebook's cells import becomes the cell that installs it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.model.run import Pairs

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([^\W\d]\w*)[\w.]*[ \t]+import\b|import[ \t]+([\w., \t]+))", re.MULTILINE
)
_WRITTEN = re.compile(r"^%%writefile[ \t]+(?:-a[ \t]+)?([^\W\d]\w*)\.py\b", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(r"[0-9][A-Za-z0-9.!_-]*")

_DISTRIBUTIONS = {
    "PIL": "pillow",
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "faiss": "faiss-cpu",
    "git": "GitPython",
    "mpl_toolkits": "matplotlib",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "umap": "umap-learn",
    "yaml": "pyyaml",
}
"""Import names of packages that are called otherwise."""

_WELL_KNOWN = frozenset(
    """
    accelerate altair bitsandbytes bokeh datasets diffusers distilabel evaluate fastai fastapi flask gradio huggingface-hub
    jax jiwer keras librosa lightning matplotlib nltk numpy openai optimum pandas peft plotly polars pyarrow pydantic requests
    rouge-score sacrebleu safetensors scipy seaborn sentence-transformers sentencepiece seqeval smolagents soundfile spacy speechbrain
    statsmodels streamlit tensorflow tiktoken timm tokenizers torch torchaudio torchcodec torchvision tqdm transformers trl wandb xgboost
    """.split()  # noqa: SIM905 - a list of words reads better so
) | {each.lower() for each in _DISTRIBUTIONS.values()}
"""What is installed by an import's name alone. Any other name may be a file of the course, and on a registry a stranger's package."""

_THERE = {
    "IPython",
    "__main__",
    "google",
    "ipykernel",
    "jupyter_core",
    "notebook",
    "pip",
    "pkg_resources",
    "setuptools",
}
"""What a notebook's kernel has, or no registry."""


def install_command(codes: Iterable[str], checked: Pairs, *, only_imported: bool) -> str:
    """Give the command that installs what cells need, as far as that is known; empty where that is nothing.

    Args:
        codes: the cells.
        checked: the distributions that a run was checked with, and their versions.
        only_imported: whether `checked` has packages of cells that are not among these.
    """
    texts = list(codes)
    wanted = {_DISTRIBUTIONS.get(name, name.replace("_", "-")) for name in _imported(texts)}
    known = {_normal(name): (name, version) for name, version in checked if _NAME.fullmatch(name)}
    names = {_normal(each): each for each in wanted}
    sure = {each for each in names if each in known or each in _WELL_KNOWN}
    chosen = sorted(known if checked and not only_imported else sure)
    requirements = [_pinned(*known[each]) if each in known else names[each] for each in chosen]
    return f"%pip install -q {' '.join(requirements)}" if requirements else ""


def _pinned(name: str, version: str) -> str:
    public = version.partition("+")[0]  # a local version, such as `+cpu`, is on no registry
    return f"{name}=={public}" if _VERSION.fullmatch(public) else name


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported(codes: list[str]) -> set[str]:
    """Give the top-level names of modules that are neither Python's own, nor the kernel's, nor written by a cell."""
    found: set[str] = set()
    for code in codes:
        for match in _IMPORT.finditer(code):
            parts = [match[1]] if match[1] else match[2].split(",")
            found |= {
                name for part in parts if (name := part.strip().split(".")[0].split(" ")[0]).isidentifier()
            }
    own = {match[1] for code in codes for match in _WRITTEN.finditer(code)}
    return {
        name for name in found - own - _THERE - sys.stdlib_module_names if name.isascii() and name[0] != "_"
    }
