# `make serve` shows the course, `make test` runs every test, `make check` those for each change.

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
COURSE ?= .
PYTEST := $(BIN)/python -m pytest -n auto

.PHONY: serve build run test check lint bench messages clean

serve: $(VENV)/.installed
	$(BIN)/course serve $(COURSE)

build: $(VENV)/.installed
	$(BIN)/course build $(COURSE)

test: $(VENV)/.executing tests/node_modules lint
	$(PYTEST)

check: $(VENV)/.tested tests/node_modules lint
	$(PYTEST) -m "not slow and not browser"

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

run: $(VENV)/.executing
	$(BIN)/course run --course $(COURSE)

bench: $(VENV)/.executing
	$(PIP) --editable ".[bench]"
	$(BIN)/python -m tests.bench

messages: $(VENV)/.installed
	$(BIN)/python translations/update.py

clean:
	rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache tests/node_modules

# Made anew when the requirements change, so that nothing stays that they no longer name.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(PIP) --editable ".[test,run,quiz]"
	@touch $@

# What executes chapters, torch among it. Torch comes first and alone: asked for by another package, pip would take a
# build for graphics cards, several GB larger.
$(VENV)/.executing: $(VENV)/.tested
	$(PIP) $(shell grep '^torch==' constraints.txt)
	$(PIP) --editable ".[test,run,quiz,postgres,audio,jupyter,dask]"
	@touch $@

# Tests that need these packages are skipped without npm, except in CI.
tests/node_modules: tests/package.json tests/package-lock.json
	@if command -v npm >/dev/null; then \
		npm ci --prefix tests --no-audit --no-fund --loglevel=error && touch $@; \
	else \
		echo "npm is missing: the accessibility check and the CommonMark examples are skipped"; \
	fi
