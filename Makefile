# Everything one does with this project, by name. `make` prints the list.
# Needs Python 3.11 or newer; uv is used when it is there and is fetched into .uv/ when it is not.

PYTHON     ?= python3
UV_VERSION := 0.13.9
UV         := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
BIN        := .venv/bin
READY      := .venv/.synced

# What the machine has, never an interpreter from the network.
export UV_PYTHON_DOWNLOADS := never

# One worker more than cores: a third of the long tests wait for processes, browsers and clocks. A file's tests stay
# together, so that what a file sets up is set up once, and those that take longest are handed out first.
WORKERS := $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup demo serve check test test-all fmt content-check messages bench fit vectors draw lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(READY) ## install what everything else needs (the other verbs do it by themselves)

demo: $(READY) ## the whole bot on this machine: no token, no network, SQLite, a chat in the browser
	$(BIN)/joldosh demo

serve: $(READY) ## the bot for real, with the settings of the environment or .env
	$(BIN)/joldosh serve

check: $(READY) ## format, lint, types, layers, content, interface texts: everything but the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.house.messages
	$(BIN)/joldosh content check

test: $(READY) ## the fast tests
	$(PYTEST) -m "not slow and not browser"

test-all: $(READY) ## the fast, the slow and the browser tests
	$(PYTEST)

fmt: $(READY) ## format the code and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

content-check: $(READY) ## every problem of the guidance, by file and line
	$(BIN)/joldosh content check

messages: $(READY) ## bring the interface texts in locales/ in step with the code
	$(BIN)/python -m tests.house.messages --update

bench: $(READY) ## what an update costs, beside two plain aiogram bots, and what a changed file costs; prints tables
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.publishing

vectors: $(READY) ## after new example questions: the vectors that the program ships with
	$(BIN)/python -m tests.search.first_vectors

fit: $(READY) ## after new example questions: the weights and thresholds of the search, with their scores
	$(BIN)/python -m tests.search.fitting

draw: $(READY) ## the diagram of the conversation
	$(BIN)/joldosh conversation draw

lock: $(filter .uv/%,$(UV)) ## bring uv.lock in step with pyproject.toml, with the newest versions it allows
	$(UV) lock --upgrade

clean: ## remove what was installed and cached; var/ (your data) stays
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist test-results
	find bot db tests -name __pycache__ -type d -prune -exec rm -rf {} +

define NEED_PYTHON
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "Joldosh needs Python 3.11 or newer as '$(PYTHON)'. Another one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
endef

# Installed again only when the project file or the lock file has changed. Offline first: when every
# package is already in uv's cache, no network is asked.
$(READY): pyproject.toml uv.lock | $(filter .uv/%,$(UV))
	@$(NEED_PYTHON)
	@echo "Installing the locked packages into .venv/ ..." >&2
	@$(UV) sync --locked --quiet --offline --python "$(PYTHON)" 2>/dev/null \
	  || $(UV) sync --locked --quiet --python "$(PYTHON)" || { \
	  echo "The packages could not be installed: see the lines above. The first time needs the network." >&2; exit 1; }
	@touch $@

.uv/bin/uv:
	@$(NEED_PYTHON)
	@echo "Fetching uv $(UV_VERSION) into .uv/ ..." >&2
	@$(PYTHON) -m venv .uv || { \
	  rm -rf .uv; echo "'$(PYTHON) -m venv' does not work here: install python3-venv, or uv itself." >&2; exit 1; }
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { \
	  rm -rf .uv; echo "uv could not be fetched from PyPI: see the lines above." >&2; exit 1; }
