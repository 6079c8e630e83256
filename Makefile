# make demo   the published case, from nothing to a brief
# make test   everything that must pass before a change is taken
# make verify both engines on the whole country and on 5,000 random scenarios, and a sweep killed 30 times: 35 minutes
#             on two processors, 12 GB; and the page at 200 positions, 32 minutes on a machine that had other work too
# make bench  how fast it is, against what others would write, and against the floor
# make mutants, make docs-numbers: see below
# PYTHON=python3.12 make ... uses another interpreter for a new .venv.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
SALDO := $(RUN) -m simulator
DEMO := outputs/demo

# Nothing is written outside this folder and, where it can be, pip's own cache.
export MPLCONFIGDIR := $(CURDIR)/$(VENV)/matplotlib
ifneq ($(shell test -w "$$HOME" && echo writable),writable)
export XDG_CACHE_HOME := $(CURDIR)/$(VENV)/cache
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start some two hundred programs, and each would translate the sources anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test verify bench mutants docs-numbers

demo: $(VENV)/.installed
	@$(SALDO) run scenarios/christmas-2021.yaml --out $(DEMO) --force
	@echo "Brief:"; ls $(DEMO)/brief.*

test: $(VENV)/.installed-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy --strict simulator
	$(VENV)/bin/lint-imports --no-logo
	$(RUN) -m pytest -q -n 2 --dist worksteal --durations=15

# The tests marked `verify`, which `make test` leaves out: the two engines must agree row for row.
verify: $(VENV)/.installed-dev
	$(RUN) -m pytest -q -n 2 -m verify tests/engines tests/property/test_page_digits.py

# Writes benchmarks/results.md, valuing.md, trials.md and page.md. Nothing passes or fails by time.
bench: $(VENV)/.installed-dev
	$(RUN) -m benchmarks.bench
	$(RUN) -m benchmarks.valuing
	$(RUN) -m benchmarks.trials
	$(RUN) -m benchmarks.page

# Plants small faults one by one in a copy and asks whether the tests notice.
mutants: $(VENV)/.installed-dev
	$(RUN) tests/house/plant_faults.py

# Writes the figures that the documents quote, from runs.
docs-numbers: $(VENV)/.installed
	$(RUN) docs/fill.py

$(RUN):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(RUN)
	$(RUN) -m pip install --quiet -c constraints.txt -e '.[web]'
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(RUN)
	$(RUN) -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed
