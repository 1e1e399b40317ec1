"""`course notebooks`: what it writes, leaves alone and removes; its notebooks run, and open in other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat
import pytest
from small_course import COURSE, program, write_course, written

from site_builder.discover.stage import discover
from site_builder.hosts.notebook_folder import write_notebooks

if TYPE_CHECKING:
    from pathlib import Path

RAIN = """# Rain

```python
import json

drops = json.load(open("data/drops.json"))
print(sum(drops))
```

The gauge is empty:

```python raises=ZeroDivisionError
1 / 0
```

```python
import matplotlib.pyplot as plt

_ = plt.plot(drops)
plt.show()
```

> [!TIP]
> ```python
> drops[0]
> ```

```python no-run
raise SystemExit
```
"""
EXTRA = {
    "chapters/en/one/2.mdx": RAIN,
    "chapters/en/one/data/drops.json": "[1, 2, 3]",
    "chapters/en/one/data/unused.json": "[]",
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "kept"))
    return write_course(tmp_path / "course", EXTRA)


def found(course: Path):
    return discover(course)[0]


def test_every_page_of_every_language_is_there_with_the_data_it_opens(course: Path, tmp_path: Path) -> None:
    done = write_notebooks(found(course), tmp_path / "out", jobs=1)
    assert sorted(done.written) == [
        "en/one/1.ipynb",
        "en/one/2.ipynb",
        "en/one/data/drops.json",
        "fa/one/2.ipynb",
        "fr/one/1.ipynb",
    ]
    for path in (tmp_path / "out").rglob("*.ipynb"):
        nbformat.validate(nbformat.read(path, as_version=4))


def test_what_is_so_already_is_not_written_again(course: Path, tmp_path: Path) -> None:
    write_notebooks(found(course), tmp_path / "out", jobs=1)
    before = written(tmp_path / "out")
    again = write_notebooks(found(course), tmp_path / "out", jobs=1)
    assert (again.written, again.removed, again.kept) == ([], [], 5)
    assert written(tmp_path / "out") == before


def test_notebooks_of_pages_that_are_gone_are_removed_and_no_others(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_notebooks(found(course), out, jobs=1)
    for name, metadata in (
        ("mine", {}),
        ("kept", {"language": "fr", "page": "x", "digest": "y"}),
        ("odd", []),
    ):
        (out / f"fr/{name}.ipynb").write_text(json.dumps({"cells": [], "metadata": {"course": metadata}}))
    (out / "fr/broken.ipynb").write_text("{")
    (course / "chapters/fr/one/1.mdx").rename(course / "chapters/fr/one/3.mdx")
    outline = course / "chapters/fr/_toctree.yml"
    outline.write_text(outline.read_text().replace("one/1", "one/3"))
    done = write_notebooks(found(course), out, jobs=1)
    assert done.removed == ["fr/one/1.ipynb"]
    assert sorted(each.name for each in (out / "fr").glob("*.ipynb")) == [
        "broken.ipynb",
        "kept.ipynb",
        "mine.ipynb",
        "odd.ipynb",
    ]


def test_other_languages_are_left_alone_when_one_is_asked_for(course: Path, tmp_path: Path) -> None:
    write_notebooks(found(course), tmp_path / "out", jobs=1)
    done = write_notebooks(discover(course, {"languages": ("fr",)})[0], tmp_path / "out", jobs=1)
    assert done.removed == []
    assert (tmp_path / "out/fa/one/2.ipynb").exists()


@pytest.mark.parametrize(
    "name", [".", "chapters", "chapters/en/new", "notebooks", "notebooks/en", "README.md"]
)
def test_it_does_not_write_over_the_course(course: Path, name: str) -> None:
    with pytest.raises((FileExistsError, NotADirectoryError)):
        write_notebooks(found(course), course / name, jobs=1)
    assert list(course.rglob("*.ipynb")) == []


def test_it_does_not_follow_a_link_out_of_its_folder(course: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/fr").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        write_notebooks(found(course), tmp_path / "out", jobs=1)
    assert list((tmp_path / "elsewhere").rglob("*")) == []


def test_cells_get_no_file_from_outside_their_folder(course: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("secret")
    (course / "secret.json").write_text("secret")
    names = [
        "../../../../secret.json",
        "../../../secret.json",
        str(tmp_path / "secret.json"),
        "data/../data/drops.json",
    ]
    code = "\n".join(f"open({name!r})" for name in names)
    (course / "chapters/en/one/2.mdx").write_text(f"# T\n\n```python\n{code}\n```\n")
    done = write_notebooks(found(course), tmp_path / "out", jobs=1)
    assert [each for each in done.written if not each.endswith(".ipynb")] == ["en/one/data/drops.json"]


def test_the_command_tells_what_it_did(course: Path, tmp_path: Path) -> None:
    result = program(COURSE, "notebooks", course, "-o", "out", "--language", "fr", cwd=tmp_path)
    assert (result.returncode, result.stdout.count("done: out/: ")) == (0, 1)
    assert program(COURSE, "notebooks", course, cwd=tmp_path).returncode == 2
    refused = program(COURSE, "notebooks", course, "-o", course, cwd=tmp_path)
    assert (refused.returncode, "holds the course itself" in refused.stderr) == (2, True)
    unknown = program(COURSE, "notebooks", course, "-o", "new", "--language", "xx", cwd=tmp_path)
    assert (unknown.returncode, (tmp_path / "new").exists()) == (2, False)


@pytest.mark.slow
def test_a_notebook_runs_and_runs_again_to_the_same(course: Path, tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    write_notebooks(found(course), tmp_path / "out", jobs=1)
    path = tmp_path / "out/en/one/2.ipynb"
    told = []
    for _ in range(2):
        book = nbformat.read(path, as_version=4)
        nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": path.parent}}).execute()
        nbformat.validate(book)
        told.append([_told(each) for cell in book.cells if cell.cell_type == "code" for each in cell.outputs])
        nbformat.write(book, path)  # the next time it is opened as it was left
    assert told[0] == told[1]
    assert [each[0] for each in told[0]] == ["stream", "error", "display_data", "execute_result"]
    assert told[0][0][1] == "6\n"


def _told(output):
    data = output.get("data", {})
    return output.output_type, output.get("text") or output.get("evalue") or data.get(
        "image/png"
    ) or data.get("text/plain")


@pytest.mark.slow
def test_others_can_show_a_notebook(course: Path, tmp_path: Path) -> None:
    exporters = pytest.importorskip("nbconvert.exporters")
    write_notebooks(found(course), tmp_path / "out", jobs=1)
    html, _ = exporters.HTMLExporter().from_filename(str(tmp_path / "out/en/one/2.ipynb"))
    assert "<h1" in html
    assert "Rain" in html
    assert "<blockquote>" in html
    assert "<strong>Tip" in html
