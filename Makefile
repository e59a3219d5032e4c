# Everything a fresh clone needs is done by the target itself: virtual environment, dependencies, Qt's system
# libraries, compiled kernels. Needs git, make and Python 3.11 or newer with venv.
#
#   make run                 opens the demonstration case
#   make run STUDY=path      opens a study
#   make test | make lint | make bench | make proof

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)
# The build of an editable package warns of what only developers of packages need to know.
PIP := PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
BENCH_OPTIONS ?=
PROOF_OPTIONS ?=
SCREENSHOTS_OPTIONS ?=
TEST_OPTIONS ?=
export STUDY
export PIP_ROOT_USER_ACTION := ignore

SOURCES := $(shell find recon widgets -name '*.py' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench bench-dicom proof translations guide screenshots system clean

help:
	@echo 'make run [STUDY=path]   open the demonstration case, or a study'
	@echo 'make test               run the tests'
	@echo 'make lint               ruff, import rules, types'
	@echo 'make bench              measure the speed, in reads of the projections'
	@echo 'make bench-dicom        measure reading, writing and the network, against dcmtk, Orthanc and others'
	@echo 'make translations       collect the texts of the window, compile their translations'
	@echo 'make guide              write docs/guide.md with the present names and keys'
	@echo 'make screenshots        take the pictures of docs/guide.md anew'
	@echo 'make proof              measure the accuracy, against RTK, phantoms and a CT'

run: system $(VENV)/kernels.stamp
	@if [ -n "$$STUDY" ]; then $(BIN)/bocage open "$$STUDY"; else $(BIN)/bocage demo; fi

test: system $(VENV)/dev.stamp $(VENV)/kernels.stamp
	@QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m pytest -q -n 2 --dist loadfile $(TEST_OPTIONS)

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache >$(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }
	@$(BIN)/mypy

format: $(VENV)/dev.stamp
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

bench: $(VENV)/kernels.stamp
	@$(BIN)/python tests/benchmarks/run.py $(BENCH_OPTIONS)

# What is read, written and spoken: each prints its table.
DICOM_BENCHES := reading fuzz encodings writing evidence network receive attacks worklist worklist_page
bench-dicom: system $(VENV)/dev.stamp $(VENV)/kernels.stamp
	@set -e; for name in $(DICOM_BENCHES); do echo; echo "== $$name"; \
	QT_QPA_PLATFORM=$${QT_QPA_PLATFORM:-offscreen} $(BIN)/python -m tests.benchmarks.$$name $(BENCH_OPTIONS); done

proof: $(VENV)/kernels.stamp
	@$(BIN)/python tests/benchmarks/proof.py $(PROOF_OPTIONS)

translations: $(VENV)/run.stamp
	@$(BIN)/python -m app.translations

guide: $(VENV)/run.stamp
	@$(BIN)/python docs/guide.py

screenshots: system $(VENV)/dev.stamp $(VENV)/kernels.stamp
	@$(BIN)/python docs/screenshots.py $(SCREENSHOTS_OPTIONS)

clean:
	rm -rf $(VENV) *.egg-info .mypy_cache .ruff_cache .import_linter_cache out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system: $(BIN)/python
	@$(BIN)/python -I app/setup_system.py

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo 'Bocage needs Python 3.11 or newer; none was found as python3.' >&2; exit 1; fi
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	echo 'Python cannot make a virtual environment; on Debian or Ubuntu run: sudo apt-get install -y python3-venv' >&2; exit 1; }

# `make run` takes what the program needs; the other targets take the developers' tools too.
$(VENV)/run.stamp: pyproject.toml | $(BIN)/python
	@echo 'Installing Bocage and what it needs into $(VENV) (once)'
	@$(PIP) --editable .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	@echo 'Installing Bocage with its development tools into $(VENV) (once)'
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/run.stamp

$(VENV)/kernels.stamp: $(SOURCES) | $(VENV)/run.stamp
	@echo "Compiling the reconstruction (once)"
	@$(BIN)/python -m app.warmup
	@touch $@
