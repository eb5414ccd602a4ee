# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
OUT ?= output
UV ?= $(shell command -v uv)
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# uv, where there is one, installs in seconds what pip does in minutes; `make UV= ...` does without
INSTALL = $(if $(UV),$(UV) pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet \
	--disable-pip-version-check)
BENCH ?= accuracy tables speed
QUICK := tests/test_house.py tests/test_docs.py

.PHONY: help demo test check check-format check-lint check-walls check-types check-docs format docs bench \
	accuracy notebooks fixtures release lock audit system clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(READY) ## builds .venv, reads two fixture papers, prints what was found and two queries to try
	$(BIN)/minutebook extract fixtures/aldermere-pack.pdf fixtures/pinewater-minutes.pdf -o $(OUT)
	$(BIN)/minutebook summary $(OUT)

test: check system ## all that CI runs: check, then every test
	$(BIN)/python -m pytest -n 2

check: check-format check-lint check-walls check-types check-docs ## format, lint, walls, types and docs, in about a minute

check-format: $(READY)
	$(BIN)/ruff format --check .

check-lint: $(READY)
	$(BIN)/ruff check .

check-walls: $(READY)
	$(BIN)/lint-imports

check-types: $(READY)
	$(BIN)/pyright --pythonpath $(BIN)/python

check-docs: $(READY)
	$(BIN)/python -m pytest $(QUICK)

format: $(READY) ## formats the code and mends what ruff can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY) ## writes docs/commands.md, docs/settings.md and docs/datasets.md from the code
	$(BIN)/python -m tools.pages

train: $(READY) ## trains the models of reading and of kinds from the truths and fits confidence, about 15 minutes
	$(BIN)/python -m tools.train
	$(BIN)/python -m tools.train_kind
	$(BIN)/python -m tools.train_sureness

accuracy: $(READY) ## measures the reading against tests/truth and writes docs/accuracy.md
	$(BIN)/python -m benchmarks.accuracy

bench: $(READY) ## measures accuracy, tables and speed and writes their pages; BENCH="growth night" for others
	set -e; for name in $(BENCH); do $(BIN)/python -m benchmarks.$$name; done

notebooks: $(READY) ## runs the notebooks of docs/notebooks anew
	$(BIN)/python -m tools.notebooks

fixtures: $(READY) ## typesets the fixtures' papers
	$(BIN)/python -m fixtures.make

release: check ## builds the wheel into dist/ and tries it in an environment of its own
	$(BIN)/python -m tools.release

lock: ## pins every dependency in requirements.lock; needs uv
	uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -o requirements.lock

audit: $(READY) ## asks the advisory database, over the network, about every locked package
	$(BIN)/pip-audit --require-hashes --disable-pip --strict --requirement requirements.lock

clean: ## removes .venv and what the tools left behind
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist

system:
	@sh tools/system-packages.sh

# The lock is a constraint as well: pip before 24 takes a package with extras (sqlalchemy[asyncio]) for another
# one than the package, and would want its newest release.
$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock -c requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@
