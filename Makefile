# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
OUT ?= output
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint lock audit fixtures docs notebooks accuracy system clean

demo: $(READY)
	$(BIN)/minutebook extract fixtures/aldermere-pack.pdf fixtures/pinewater-minutes.pdf -o $(OUT)
	$(BIN)/minutebook summary $(OUT)

test: $(READY) system
	$(BIN)/python -m pytest -n 2

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

system:
	@sh tools/system-packages.sh

lock: ## needs uv; hashes in, no index address
	uv pip compile --quiet pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

audit: $(READY) ## asks the advisory database over the network; ends with 1 when a locked package has a known hole
	$(BIN)/pip-audit --require-hashes --disable-pip --strict --requirement requirements.lock

fixtures: $(READY)
	$(BIN)/python -m fixtures.make

docs: $(READY)
	$(BIN)/python -m tools.datasets_page

notebooks: $(READY)
	$(BIN)/python -m tools.notebooks

accuracy: $(READY)
	$(BIN)/python -m benchmarks.accuracy

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
