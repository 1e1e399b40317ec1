"""The server with what the command line does not offer: short limits, groups of another size, and a disk that is not waited for."""

from __future__ import annotations

import sys
from pathlib import Path

from site_builder.quiz.serving.held_banks import read_banks
from site_builder.quiz.serving.log_lines import log_to_stderr
from site_builder.quiz.serving.server import make_app, run
from site_builder.quiz.serving.server_options import Options
from site_builder.quiz.serving.tokens import Tokens
from site_builder.quiz.storing.sql_store import open_store

given = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
seconds = float(given.get("--seconds", "10"))
options = Options(learner_rate=0, address_rate=0, header_time=seconds, body_time=seconds)
store = open_store(given["--database"], int(given.get("--most", "256")), given.get("--synchronous", "FULL"))
app = make_app(read_banks(Path(given["--banks"])), store, Tokens("a secret of the tests alone"), options)
log_to_stderr()
run(app, "127.0.0.1", int(given["--port"]), print)
