# `make run` serves Second Chair on this machine, `make test` checks it. Python 3.11 or newer is all it needs.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
    $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

# The environment is made anew when the pinned versions change, and only then.
RUNNING := $(VENV)/installed-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
TESTING := $(VENV)/installed-dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint bench chromium clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(RUNNING) ## serve on 127.0.0.1:5000 (or SC_PORT) with the demo in an empty database; Ctrl-C ends it
	@exec $(BIN)/python -m app run

# Races and journeys start the same processes dozens of times: they may keep what they compiled, whatever the shell says.
test test-fast: export PYTHONDONTWRITEBYTECODE =

test: $(TESTING) chromium lint ## check everything: lint, types, and the whole suite on both databases
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

test-fast: $(TESTING) ## the suite on SQLite, without browsers and races
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not journey and not race" -k "not postgresql"

lint: $(TESTING) ## ruff, mypy, the order of the rooms, templates
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet templates

bench: $(RUNNING) ## measure search, slots and pages against their promises
	$(BIN)/flask --app wsgi bench search --write docs/PERFORMANCE.md
	$(BIN)/flask --app wsgi bench slots --write docs/PERFORMANCE.md

chromium: # the journeys drive Debian's own Chromium
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	    echo "Installing Chromium for the browser tests."; \
	    $$as_root apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0; \
	fi; \
	echo "The browser tests need Chromium: install the package 'chromium' (Debian: sudo apt-get install chromium)." >&2; exit 1

clean: ## remove the environment and caches; the instance folder stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || \
	    { echo "Second Chair needs Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	    { rm -rf $(VENV); echo "Python's venv module is missing (Debian: sudo apt-get install python3-venv)." >&2; exit 1; }

$(RUNNING): | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@rm -f $(VENV)/installed-[0-9]* && touch $@

$(TESTING): | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@rm -f $(VENV)/installed-* && touch $@ $(RUNNING)
