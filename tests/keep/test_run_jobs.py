"""Which opened files are an author's."""

from __future__ import annotations

import pytest

from site_builder.keep.run_jobs import is_data


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("chapters/en/tower/bells.csv", True),
        ("data/tower.py", True),
        (".venv/lib/python3.11/site-packages/numpy/__init__.py", False),
        ("env/lib/python3.11/site-packages/numpy/__init__.py", False),
        ("node_modules/x/y.json", False),
        (".git/config", False),
    ],
)
def test_packages_inside_the_course_folder_are_no_data(path: str, counts: bool) -> None:
    assert is_data(path) is counts
