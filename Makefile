# Each target sets up what it needs by itself: a virtual environment in .venv, and for the tests a browser.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run dev test test-lowest bench lint browser clean
.DEFAULT_GOAL := run

run: $(VENV)/app-installed
	$(BIN)/streamlit run streamlit_app.py

# With the file watcher, full errors and Streamlit's developer menu.
dev: $(VENV)/app-installed
	$(BIN)/streamlit run streamlit_app.py --server.fileWatcherType auto --server.runOnSave true \
		--client.showErrorDetails full --client.toolbarMode developer

test: lint browser
	$(BIN)/python -m pytest -n auto --dist worksteal

# The same tests with the lowest version of each dependency, in an environment of their own.
test-lowest:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "The lowest versions are built for Python 3.11: make PYTHON=python3.11 test-lowest"; exit 1; }
	$(PYTHON) -m venv $(VENV)-lowest
	$(PYTHON) tests/lowest.py > $(VENV)-lowest/constraints.txt
	$(VENV)-lowest/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt \
		-c $(VENV)-lowest/constraints.txt
	$(VENV)-lowest/bin/python -m pytest -n auto --dist worksteal --ignore tests/browser

lint: $(VENV)/tests-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: browser
	$(BIN)/python -m tests.benchmarks

browser: $(VENV)/tests-installed
	BIN=$(BIN) sh tests/browser/install.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Downhill needs Python 3.11 or newer: make PYTHON=python3.11 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "This Python cannot make virtual environments: on Debian, install python3-venv."; exit 1; }

$(VENV)/app-installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the app needs (once, a few minutes) ..."
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/tests-installed: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (once, a few minutes) ..."
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/app-installed

clean:
	rm -rf $(VENV) $(VENV)-lowest .pytest_cache .mypy_cache .ruff_cache .hypothesis
