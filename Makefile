# Every target works alone, first, on a machine that has only Python (3.11 or newer), git and make.

PYTHON ?= python3
VENV ?= .venv
# The versions that the project is tested with; `make CONSTRAINTS= test` takes the newest that fit instead.
CONSTRAINTS ?= constraints.txt
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(addprefix --constraint ,$(CONSTRAINTS))

# Hundreds of tests start a process of their own: none compiles modules that another has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help corridor test test-all bench mutants lint docs linkcheck clean
# Two installations into one environment would trip over each other.
.NOTPARALLEL:

help:  ## list the targets
	@echo "make corridor   analyse the models of the corridor; the page, figures and data go to build/corridor"
	@echo "make test       run the tests that are quick, some of each kind, the quick examples in the docs among them (minutes)"
	@echo "make test-all   run all tests, with every example in the docs (a quarter of an hour)"
	@echo "make bench      measure the speed of what has to be fast"
	@echo "make mutants    put faults into concepts and solvers, and see which of them no test notices (hours)"
	@echo "make lint       ruff, mypy and the contracts between layers"
	@echo "make docs       build the documentation into docs/_build/html"
	@echo "make linkcheck  look up the addresses outside the project that the documentation links to"
	@echo "make clean      remove the environment and all that was made"
	@echo
	@echo "Each sets up what it needs in $(VENV) by itself. PYTHON=... chooses the interpreter (now: $(PYTHON))."

corridor: $(VENV)/.ready-core
	$(BIN)/strategy analyse corridor.activation corridor.sequence -o build/corridor

test: $(VENV)/.ready-test
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not deep"

test-all: $(VENV)/.ready-test
	$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(VENV)/.ready-bench
	$(BIN)/python -m tests.benchmarks

# make mutants MUTANTS="--minutes 30": what is done then is a random sample, and is gone on with the next time.
mutants: $(VENV)/.ready-mutants
	$(BIN)/python -m tests.mutation $(MUTANTS)

lint: $(VENV)/.ready-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.ready-docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

# Tests look at links inside the project alone: whether a page elsewhere answers says nothing about this one.
linkcheck: $(VENV)/.ready-docs
	@$(BIN)/python -c 'import socket; socket.create_connection(("github.com", 443), 10)' 2>/dev/null || \
	    { echo "skipped: there is no network here (github.com does not answer)"; exit 0; } && \
	    $(BIN)/python -m sphinx -q -b linkcheck docs docs/_build/linkcheck

clean:
	rm -rf $(VENV) build dist docs/_build docs/reference/generated
	rm -rf .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find strategy games tests docs -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps carry the date of the set-up, so a change of pyproject.toml or of the pins repeats it. An interrupted one leaves no stamp.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "$(PYTHON) is not Python 3.11 or newer; name one that is: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.ready-core: pyproject.toml $(CONSTRAINTS) | $(VENV)/.created
	@$(PIP) --editable .
	@touch $@

$(VENV)/.ready-%: pyproject.toml $(CONSTRAINTS) | $(VENV)/.created
	@$(PIP) --editable '.[$*]'
	@touch $@
