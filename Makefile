# One command for each habit. `make help` lists them.
# Needs GNU make and Python 3.11 or newer; everything else goes into folders of this checkout.
# SANCTIONSLIB_LISTS names a folder of whole official lists; tests that need them skip without it.
# PYTEST holds arguments for pytest, which then runs alone: make test PYTEST="-k names -x"

PYTHON ?= python3

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
export PIP_DISABLE_PIP_VERSION_CHECK := 1

DEV  := .venv
BARE := .venv-bare
DEMO := .venv-demo
BIN  := $(DEV)/bin

# Tests run on all cores; one process writes, where pages and printed texts are written anew. What
# pytest compiles is kept, whatever the environment says: to do it again takes as long as many tests.
CORES := $(if $(SANCTIONSLIB_GOLDEN),0,auto)
SUITE := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest \
  --numprocesses=$(CORES) --maxprocesses=8 --dist=worksteal

WHEELS  := build/wheel
SOURCES := $(shell find sanctionslib -name __pycache__ -prune -o -print 2>/dev/null)
PROJECT := pyproject.toml $(wildcard README.md LICENSE)
RUNTIME := build/playground/pyodide.mjs

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

# ── the environments ─────────────────────────────────────────────────────────────────────────

$(DEV)/.made: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(DEV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' > $(DEV)/core.txt
	$(BIN)/python -m pip install --quiet --group dev --requirement $(DEV)/core.txt
	@touch $@

$(WHEELS)/.built: $(DEV)/.made $(PROJECT) $(SOURCES)
	@rm -rf $(WHEELS)
	$(BIN)/python -m hatchling build --target wheel --directory $(WHEELS)
	@touch $@

# The tests meet what users meet: the built wheel, never the checkout.
$(DEV)/.installed: $(WHEELS)/.built
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	@touch $@

# It needs no pip of its own, and nobody waits until it has one.
$(BARE)/.made: pyproject.toml
	$(PYTHON) -m venv --clear --without-pip $(BARE)
	@touch $@

$(BARE)/.installed: $(BARE)/.made $(WHEELS)/.built
	$(BIN)/python -m pip --python $(BARE)/bin/python install --quiet --upgrade --force-reinstall --no-deps $(WHEELS)/*.whl
	$(BIN)/python -m pip --python $(BARE)/bin/python install --quiet $(WHEELS)/*.whl
	@touch $@

$(DEMO)/.installed: $(PROJECT) $(SOURCES)
	test -x $(DEMO)/bin/python || $(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet ".[cli]"
	@touch $@

# The playground of the documentation; without a package registry it is left out, and make continues.
$(RUNTIME): docs/_playground.py $(wildcard docs/playground/*.txt) | $(DEV)/.made
	$(BIN)/python docs/_playground.py

# ── the habits ───────────────────────────────────────────────────────────────────────────────

.PHONY: demo
demo: $(DEMO)/.installed ## install into a fresh environment and ask the bundled sample
	@for words in "why --sample 33951" "find --sample --program GLOMAG"; do \
	  printf '\n$$ sanctionslib %s\n' "$$words"; \
	  $(DEMO)/bin/sanctionslib $$words || exit 1; \
	done
	@printf '\nThe command is there now; try: %s\n' "$(DEMO)/bin/sanctionslib --help"

.PHONY: test
test: $(DEV)/.installed $(BARE)/.installed ## test all but what is slow, every documented example, and the wheel without extras
ifneq ($(strip $(PYTEST)),)
	$(BIN)/pytest $(PYTEST)
else
	$(SUITE) -m "not slow" --hypothesis-profile=quick
	$(BARE)/bin/python -I tests/bare/check_bare_wheel.py
endif

.PHONY: test-all
test-all: $(DEV)/.installed $(BARE)/.installed $(RUNTIME) ## test everything, the slow tests and whole lists too, with coverage
	$(SUITE) --cov --cov-report=
	$(BIN)/coverage report
	$(BIN)/coverage report --include='*/sanctionslib/model/*,*/sanctionslib/parsers/*,*/sanctionslib/query/*' --fail-under=95
	$(BARE)/bin/python -I tests/bare/check_bare_wheel.py

.PHONY: lint
lint: $(DEV)/.made ## style, format, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

.PHONY: format
format: $(DEV)/.made ## put the code into the common format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: types
types: $(DEV)/.made ## mypy strict and pyright strict
	$(BIN)/mypy sanctionslib $(wildcard tests/typing/ok)
	$(BIN)/pyright

.PHONY: docs
docs: $(DEV)/.installed $(RUNTIME) ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

.PHONY: bench
bench: $(DEV)/.installed ## measure
	$(BIN)/python benchmarks/run.py

.PHONY: bench-large
bench-large: $(DEV)/.installed ## measure every format, 12 MB and 120 MB of it
	$(BIN)/python benchmarks/large.py

.PHONY: bench-sheets
bench-sheets: $(DEV)/.installed ## measure a workbook of 20,000 rows beside openpyxl
	$(BIN)/python benchmarks/sheets.py

.PHONY: bench-world
bench-world: $(DEV)/.installed ## measure each list of the world beside the least that a reader does
	$(BIN)/python benchmarks/world.py

.PHONY: bench-history
bench-history: $(DEV)/.installed ## measure 300 editions of a list: adding, following, loading
	$(BIN)/python benchmarks/history.py

.PHONY: bench-matching
bench-matching: $(DEV)/.installed ## measure what is found beside what is alerted in vain; ARGS="pairs --json figures.json"
	$(BIN)/python benchmarks/matching.py $(ARGS)

.PHONY: live
live: $(DEV)/.installed ## ask the publishers' servers; LIVE="us_ofac_sdn --whole" fetches and reads all of one list
	$(BIN)/python tests/live/check_sources.py $(LIVE)

.PHONY: wheel
wheel: $(DEV)/.made ## build the wheel and the source distribution into dist/
	$(BIN)/python -m hatchling build --directory dist

.PHONY: clean
clean: ## remove everything that these commands made
	rm -rf $(DEV) $(BARE) $(DEMO) build dist docs/_build htmlcov .coverage .coverage.*
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find sanctionslib tests docs benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
