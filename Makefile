# Two commands do everything on a machine with Python 3.11 or newer and make: `make site` and `make test`.
# `make` in a virtual environment of its own; nothing is installed outside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RZGRAPH := $(BIN)/rzgraph
# A few tests also want Chromium and Java; see CONTRIBUTING.
.DEFAULT_GOAL := help

.PHONY: help site test faults check lint fast clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

$(VENV)/base.stamp: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/base.stamp tests/requirements.txt tests/ontology/package-lock.json
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement tests/requirements.txt
	PATH="$(abspath $(BIN)):$$PATH" npm ci --silent --ignore-scripts --prefix tests/ontology
	@touch $@

site: $(VENV)/base.stamp ## Check the graph and build the site into build/site
	$(RZGRAPH) check
	$(RZGRAPH) build --output build/site
	@echo "The site stands in build/site: open build/site/index.html in a browser."

test: $(VENV)/test.stamp lint ## Run every test, the linters included
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(VENV)/test.stamp ## Run the linters and the type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

faults: $(VENV)/test.stamp ## Put 1,000 faults into the data, one at a time, and count those that are found (some 20 minutes)
	$(BIN)/python -m tests.faults --count 1000

check: $(VENV)/base.stamp ## Check the graph
	$(RZGRAPH) check

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) build
