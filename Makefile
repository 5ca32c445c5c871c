# Two commands for everybody: `make run` and `make test`. The rest is for those who change the house.
# CONTRIBUTING.md says when to use which.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# Some machines forbid it, and then every process compiles the whole house again before it does anything.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run test test-quick check format lock

help: ## Say what the commands are
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-11s %s\n", $$1, $$2 }'

run: ## Show the demo community at http://127.0.0.1:8000 (another port: make run PORT=8001)
	@$(PYTHON) tools/bootstrap.py run
	@exec $(BIN)/python tools/foreground.py $(BIN)/python -m collegium demo --serve --port $(PORT)

test: ## Run every test on SQLite and on PostgreSQL, with a browser
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python tools/run_tests.py

test-quick: ## Run the quick tests of the rooms that changed, on SQLite: for the inner loop
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python tools/quick_tests.py

check: ## Check format, lint, types, import contracts, migrations, settings, docs, locks
	@$(PYTHON) tools/bootstrap.py dev
	@exec $(BIN)/python tools/check.py

format: ## Put the code in order
	@$(PYTHON) tools/bootstrap.py dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

lock: ## Write the lock files for pyproject.toml (newest versions: make lock UPGRADE=--upgrade)
	@$(PYTHON) tools/bootstrap.py dev
	@$(BIN)/python tools/locks.py make $(UPGRADE)
