"""Run the benchmarks: all, or those named."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tests.bench import building, live, quizzes, running

CORPORA = Path(os.environ.get("COURSE_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
BENCHMARKS = {"building": building.run, "live": live.run, "quizzes": quizzes.run, "running": running.run}


def main() -> None:
    """Run what the command line names."""
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n== {name}")
        with tempfile.TemporaryDirectory() as place:
            BENCHMARKS[name](CORPORA, Path(place))


main()
