# The one door for people and CI. Every target sets up what it needs first; a second run costs next to nothing.

BENCHMARKS = callback roundtrip faults soak host songs quality separators control gui \
	rave foreign chunked trace lab scaling peers families wiener
BIN = .venv/bin
SETUP = @bash .ci/setup.sh

# pyright's wrapper would ask the network whether a newer one exists.
export PYRIGHT_PYTHON_IGNORE_WARNINGS = 1

.PHONY: help demo test test-fast lint format bench clean setup

help:
	@echo 'make demo [ARGS="..."]   set up, then run the demonstration (needs no audio device)'
	@echo 'make test                set up, lint, run every test'
	@echo 'make test-fast           the same without the slow tests'
	@echo 'make lint                ruff, pyright, import-linter'
	@echo 'make format              let ruff rewrite the sources'
	@echo 'make bench               run every benchmark, one JSON each in benchmarks/results'
	@echo 'make clean               remove .venv, caches and build products'
	@echo 'PYTHON=python3.12 make ...   choose the interpreter of a new .venv'

setup:
	$(SETUP) test

demo:
	$(SETUP) demo
	$(BIN)/rtsep demo $(ARGS)

# A lint complaint does not hide what the tests say; either fails the target.
define run_tests
@$(MAKE) --no-print-directory lint; lint=$$?; $(BIN)/python -m pytest $(1) $(ARGS) && exit $$lint
endef

test: setup
	$(call run_tests)

test-fast: setup
	$(call run_tests,-m "not slow")

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# One after the other, whatever -j says: they measure time.
bench: setup
	@mkdir -p benchmarks/results
	@set -e; for name in $(BENCHMARKS); do \
		echo "benchmark $$name"; \
		$(BIN)/python -m benchmarks.$$name --json benchmarks/results/$$name.json; \
	done

clean:
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
