# 网格协执 · Grid Assist. `make` alone prints help. Needs Python 3.11+ with venv, and make; brings the rest itself.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
PWA := static/pwa
STAMPS := .cache/make
BIN := $(abspath $(VENV))/bin
FLASK := $(BIN)/flask --app app
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Node lives in the virtual environment; it must be found before any other node of the machine.
NPM := cd $(PWA) && PATH="$(BIN):$$PATH" npm
PYTEST_ARGS ?=
BENCH_ARGS ?=

PWA_SOURCES := $(shell find $(PWA)/src $(PWA)/public $(PWA)/build $(PWA)/*.html $(PWA)/*.ts $(PWA)/*.json $(PWA)/.npmrc \
	-type f 2>/dev/null)

.PHONY: help run demo test test-pwa check bench lighthouse lock clean distclean setup install install-dev build machine

help: ## print this help
	@echo '网格协执 · Grid Assist'
	@echo
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

# --- for users ------------------------------------------------------------------------------------------------------

run: install build ## install, build, migrate, then start the server and the scheduler; keeps all data
	@$(FLASK) serve --setup

setup: install build ## everything `make run` does before it starts the server
	@$(FLASK) setup

demo: install build ## start beside your data with a fresh demo district, forgotten at the next `make demo`
	@rm -rf var/demo
	@mkdir -p var/demo
	@GRID_DATA_DIR=var/demo $(FLASK) serve --setup

# --- for developers -------------------------------------------------------------------------------------------------

test: install-dev build machine test-pwa ## every test: real browser, SQLite and PostgreSQL; fails when a part is missing
ifeq ($(PYTEST_ARGS),)
	$(BIN)/python -m pytest --ignore=tests/house --cov --cov-report=
	@$(BIN)/coverage report --include='grid/core/*,grid/rules/*,grid/kinds/*' --fail-under=100
	@$(BIN)/coverage report --fail-under=90 | tail -2
else
	$(BIN)/python -m pytest $(PYTEST_ARGS)
endif

test-pwa: $(PWA)/node_modules/.installed
	@$(NPM) test

check: install-dev $(PWA)/node_modules/.installed ## style, types, import directions and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@$(NPM) run --silent types
	$(BIN)/python -m pytest tests/house

bench: install-dev build machine ## the figures, with machine, load and denominators of the same run
	$(BIN)/python -m tests.load $(BENCH_ARGS)

lighthouse: install-dev build machine ## Lighthouse's scores of phone and verification page; fetches Lighthouse itself
	$(BIN)/python -m tests.lighthouse

lock: install-dev ## write requirements*.txt anew from pyproject.toml
	@scripts/lock "$(BIN)/uv"

clean: ## remove what was built (keeps data, environment and node_modules)
	rm -rf $(PWA)/dist $(STAMPS) .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path '*/node_modules/*' -prune -exec rm -rf {} +

distclean: clean ## also remove the environment and node_modules (still keeps data)
	rm -rf $(VENV) $(PWA)/node_modules

# --- the steps, each with a stamp so that a second run skips it -----------------------------------------------------

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev
build: $(STAMPS)/compressed

machine:
	@scripts/ensure-test-machine

$(VENV)/bin/python:
	@python=$$(scripts/find-python) && echo "建立虚拟环境 / making $(VENV) with $$python" && "$$python" -m venv "$(VENV)"

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo '安装依赖 / installing the pinned packages (about a minute)…'
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo '安装开发依赖 / installing the pinned development packages (one to two minutes)…'
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Either of the two environments brings node; npm ci starts from an empty node_modules, so the stamp lives inside it.
$(PWA)/node_modules/.installed: $(PWA)/package-lock.json $(PWA)/package.json | $(VENV)/bin/python
	@test -x $(BIN)/npm || $(MAKE) --no-print-directory install
	@echo '安装前端依赖 / installing the front end packages…'
	@$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PWA)/dist/index.html: $(PWA_SOURCES) $(PWA)/node_modules/.installed
	@echo '构建前端 / building the front end…'
	@$(NPM) run --silent build
	@touch $@

$(STAMPS)/compressed: $(PWA)/dist/index.html
	@test -f $(BIN)/granian || $(MAKE) --no-print-directory install
	@$(BIN)/python -m whitenoise.compress -q $(PWA)/dist
	@mkdir -p $(@D)
	@touch $@
