# All tasks of a developer, by name. PIP and PYTHON can be set: make PIP="pip --proxy http://proxy:3128" test
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PIP ?= $(BIN)/python -m pip
PIP_OPTIONS ?= --quiet --disable-pip-version-check
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all lint format check eval bench docs site fuzz release build clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(READY)  ## make .venv with the package and what its tests need

$(READY): pyproject.toml
	@echo 'Setting up $(VENV), once: about a minute.' >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install $(PIP_OPTIONS) -e '.[dev]'
	@touch $@

demo: $(READY)  ## resolve the mentions of examples/mentions.csv, mark an article
	@$(BIN)/python examples/demo.py

WORKERS ?= auto
SMOKE := tests/test_smoke.py tests/test_packaging.py tests/test_architecture.py tests/engine/test_mentions.py

test: $(READY)  ## a smoke run of about a minute: the wheel, every command once, the labelled cases
	@echo 'A smoke run; make test-all runs every test.' >&2
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile $(SMOKE)

test-all: $(READY)  ## run every test, on all cores (WORKERS=auto)
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

lint: $(READY)  ## style, formatting, types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check
	@$(BIN)/mypy --no-error-summary

format: $(READY)  ## format the code
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

check: $(READY)  ## check the facts against their rules
	@$(BIN)/resolver gazetteer check gazetteer

eval: $(READY)  ## measure how correct the answers are
	@$(BIN)/python -m tests.eval.run

bench: $(READY)  ## measure speed and memory
	@$(BIN)/python -m tests.benchmarks.run

SECONDS ?= 600
fuzz: $(READY)  ## ten minutes (SECONDS=600) of generated input over every command and call
	@$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS)

docs: $(READY)  ## regenerate the outputs in README.md, docs/ and examples/
	@$(BIN)/python -m tools.docs

DOCS_READY := $(VENV)/.docs-ready

$(DOCS_READY): $(READY)
	@$(PIP) install $(PIP_OPTIONS) -e '.[docs]'
	@touch $@

site: $(DOCS_READY)  ## build the documentation as pages in build/site; any broken link is an error
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m tools.site
	@echo 'build/site/index.html'

release: $(READY)  ## record the ids of a release; later none may be missing
	@$(BIN)/python -m tools.release

build: $(READY)  ## wheel and source distribution in dist/
	@told=$$($(BIN)/python -m build --no-isolation --outdir dist 2>&1) || { echo "$$told" >&2; exit 1; }
	@ls dist

clean:  ## remove everything generated, except the facts
	@rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
