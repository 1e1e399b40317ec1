"""Laying data and stand-ins into the kernel's folder, and telling which of them a page needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from site_builder.execute.stand_ins.laid_files import lay, models_in, named, opened
from site_builder.model.run import CellTask, Job, PageTask

if TYPE_CHECKING:
    from pathlib import Path

PAGE = PageTask("chapter1/1", "en", "chapters/en/chapter1", ())


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{folder.name}/{name}")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    put(
        tmp_path / "course/chapters/en/chapter1",
        "1.mdx",
        "old.ipynb",
        "heights.csv",
        "pictures/a.png",
        ".hidden",
    )
    put(
        tmp_path / "stand-ins",
        "README.md",
        "before_cells.py",
        "someone/tiny/config.json",
        "someone/tiny/weights.safetensors",
        "someone/sounds/README.md",
        "someone/sounds/data/train.parquet",
        "loose.wav",
        "lonely/note.txt",
    )
    (tmp_path / "work").mkdir()
    return Job((PAGE,), frozenset(), tmp_path / "course", stand_ins=tmp_path / "stand-ins")


def stand_ins_of(job: Job) -> Path:
    assert job.stand_ins
    return job.stand_ins


def laid(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir()}


def test_data_and_stand_ins_are_laid(job: Job, tmp_path: Path) -> None:
    lay(job, PAGE, tmp_path / "work")
    assert laid(tmp_path / "work") == {
        "heights.csv",
        "loose.wav",
        "lonely/note.txt",
        "someone/sounds/README.md",
        "someone/sounds/data/train.parquet",
        "someone/tiny/config.json",
        "someone/tiny/weights.safetensors",
    }
    assert (tmp_path / "work/pictures/a.png").read_text() == "chapter1/pictures/a.png"


def test_what_is_there_stays_and_folders_are_merged(job: Job, tmp_path: Path) -> None:
    own = job.course / PAGE.folder
    put(own, "someone/tiny/config.json", "someone/own.txt")
    put(tmp_path / "work", "loose.wav")
    lay(job, PAGE, tmp_path / "work")
    assert (tmp_path / "work/loose.wav").read_text() == "work/loose.wav"
    assert (tmp_path / "work/someone/tiny/config.json").read_text() == "chapter1/someone/tiny/config.json"
    assert (tmp_path / "work/someone/own.txt").exists()
    assert (tmp_path / "work/someone/tiny/weights.safetensors").exists()
    assert not (own / "someone/sounds").exists()


def test_a_cell_may_write_beside_a_stand_in(job: Job, tmp_path: Path) -> None:
    lay(job, PAGE, tmp_path / "work")
    put(tmp_path / "work", "someone/tiny/new.txt", "someone/mine/config.json")
    assert laid(tmp_path / "stand-ins" / "someone" / "tiny") == {"config.json", "weights.safetensors"}


def test_laying_again_for_the_next_page_changes_nothing(job: Job, tmp_path: Path) -> None:
    lay(job, PAGE, tmp_path / "work")
    before = laid(tmp_path / "work")
    lay(job, PAGE, tmp_path / "work")
    assert laid(tmp_path / "work") == before


def test_of_a_dataset_all_files_count_once_one_is_opened(job: Job, tmp_path: Path) -> None:
    stand_ins, record = tmp_path / "stand-ins", tmp_path / "record"
    record.write_text(
        f"{stand_ins}/someone/sounds/README.md\n{stand_ins}/lonely/note.txt\n{tmp_path}/course/gone\n"
    )
    assert opened(record, job) == (
        (),
        ("lonely/note.txt", "someone/sounds/README.md", "someone/sounds/data/train.parquet"),
    )


def test_no_record_is_nothing_opened(job: Job, tmp_path: Path) -> None:
    assert opened(tmp_path / "none", job) == ((), ())


def test_cells_name_stand_ins_by_their_strings(job: Job) -> None:
    cells = (
        CellTask("", "load('someone/tiny', '../course', '/etc', '', 'a\\0b')"),
        CellTask("", "load('someone/sounds')", skip="it is marked `no-run`"),
    )
    expected = ("someone/tiny/config.json", "someone/tiny/weights.safetensors")
    assert named(cells, stand_ins_of(job)) == expected


def test_models_are_folders_with_a_configuration(job: Job) -> None:
    assert models_in(stand_ins_of(job)) == {"someone/tiny"}
