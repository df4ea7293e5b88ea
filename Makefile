# Thin targets; each is one parley command. Analysts need: report, ingest, fetch, train, review.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PARLEY := $(BIN)/parley
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help report ingest fetch train review test bench browse clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(STAMP): pyproject.toml requirements.lock
	@echo "setting up $(VENV) (about two minutes, once)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) -c requirements.lock -e . 2>$(VENV)/pip.log || { cat $(VENV)/pip.log >&2; exit 1; }
	@touch $@

$(DEV_STAMP): $(STAMP)
	@$(PIP) -c requirements.lock -e '.[dev,dask]' 2>$(VENV)/pip.log || { cat $(VENV)/pip.log >&2; exit 1; }
	@touch $@

report: $(STAMP) ## Bring everything up to date and write corpus/built/report/report.html
	@$(PARLEY) report $(ARGS)

ingest: $(STAMP) ## Take a document in: make ingest SRC=statement.pdf
	@test -n "$(SRC)" || { echo 'name the document: make ingest SRC=statement.pdf' >&2; exit 2; }
	@$(PARLEY) ingest $(ARGS) "$(SRC)"

fetch: $(STAMP) ## Get catalogue documents: make fetch, or make fetch FROM=folder
	@$(PARLEY) fetch $(if $(FROM),--from "$(FROM)") $(ARGS)

train: $(STAMP) ## Fit a classifier on the annotations, as a candidate in models/
	@$(PARLEY) train $(ARGS)

review: $(STAMP) ## Export the units a coder should look at next
	@$(PARLEY) review export $(ARGS)

test: $(DEV_STAMP) ## Style, types, layers and tests
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(DEV_STAMP) ## Speed and memory against named peers
	@$(BIN)/python -m benchmarks.run $(ARGS)

browse: $(STAMP) ## Open the store in Datasette
	@$(PIP) -c requirements.lock datasette==0.65.5
	@$(BIN)/datasette corpus/built/parley.sqlite --metadata docs/datasette.json

clean: ## Remove what can be rebuilt (never the originals)
	@rm -rf corpus/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
