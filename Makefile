# The one list of commands; `make` alone prints it.

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
NAMES := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(firstword $(foreach name,$(NAMES),$(shell $(name) -c "$(FITS)" 2>/dev/null && command -v $(name))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test rapid check screens schema languages pins

help: ## print this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/program ## open the station on a demo clinic, with the kiosk one click away
	$(BIN)/python main.py demo

test: .venv/tools ## run all tests and machine checks
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

rapid: .venv/tools ## run the tests that take no time, before every push
	$(BIN)/python -m pytest -q -m "not slow"

check: .venv/tools ## run the machine checks alone: style, types, import contracts, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

screens: .venv/program ## draw every screen of both faces into screens/
	$(BIN)/python main.py screens screens

schema: .venv/program ## write again what is generated: the database's schema.sql, the table in docs/settings.md
	$(BIN)/python -m monitor.storage.schema
	$(BIN)/python -m monitor.content.site

languages: .venv/program ## gather the kiosk's words for the translators, compile what they have translated
	$(BIN)/pyside6-lupdate -silent -no-obsolete -locations none -sort-messages -extensions py $(TRANSLATED) -ts $(LANGUAGES)
	$(BIN)/pyside6-lrelease -silent $(LANGUAGES)

TRANSLATED := monitor/ui/kiosk monitor/ui/shared/languages.py
LANGUAGES = $(sort $(wildcard resources/languages/*.ts) $(NEW:%=resources/languages/rootwatch_%.ts))

pins: .venv/tools ## choose the pinned versions of requirements*.txt anew (needs uv)
	uv pip compile pyproject.toml --group build $(PINS) -o requirements.txt
	uv pip compile pyproject.toml --group dev $(PINS) -o requirements-dev.txt

PINS := --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --quiet

# The two stamps say what .venv holds: enough to run the program, or the tools as well.
.venv/program: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv; this takes a minute the first time."
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/tools: requirements-dev.txt pyproject.toml | .venv/bin/python
	@echo "Setting up .venv with the tools; this takes a minute the first time."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch .venv/program $@

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Rootwatch needs Python 3.11, 3.12, 3.13 or 3.14, and none was found; on Debian or Ubuntu: sudo apt install python3 python3-venv" >&2; exit 2; }
	@"$(PYTHON)" -c "import ensurepip, venv" 2>/dev/null || { echo "This Python cannot make a virtual environment; on Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 2; }
	@"$(PYTHON)" -m venv .venv
