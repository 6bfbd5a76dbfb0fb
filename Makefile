# `make` alone is the manual: every verb below tells what it does after its ##.
PYTHON3 ?= python3
PROVINCE ?= binh-dinh
PORT ?= 8000
N ?= 100000
T ?=
export PROVINCE PORT
ifdef DATA_DIR
export DATA_DIR
endif
BIN := .venv/bin

# The product is a dozen processes. Where bytecode is not kept, each of them compiles everything anew, half of the time
# it needs to start; kept beside the environment it lies in nobody's way.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

.DEFAULT_GOAL := help
.PHONY: help run setup test check fix rules journey acceptance bench map ui schema messages browser dev-environment

help: ## this list
	@echo "Một Cửa. Verbs:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## the whole product from nothing: PROVINCE=binh-dinh PORT=8000 DATA_DIR=./data DATABASE_URL=…
	@$(PYTHON3) tools/bootstrap.py run
	@$(BIN)/motcua run

setup: ## only the environment; afterwards .venv/bin/motcua <verb>
	@$(PYTHON3) tools/bootstrap.py run
	@echo "Ready: .venv/bin/motcua"

dev-environment:
	@$(PYTHON3) tools/bootstrap.py dev

browser: dev-environment
	@$(BIN)/python tools/get_browser.py

test: browser ## all tests, or only T=path (a file, a folder, file::test)
	@$(BIN)/python tools/test.py $(T)

check: dev-environment ## format, lint, types, imports, migrations, templates, translations, house
	@$(BIN)/python tools/check.py

fix: dev-environment ## mend what can be mended: format, lint, templates, translations
	@$(BIN)/python tools/check.py --fix

rules: dev-environment ## the law's rules alone: no database, seconds
	@$(BIN)/python -m pytest tests/rules

journey: browser ## one dossier through all hands in a real browser; prints the story
	@$(BIN)/python -m pytest tests/journeys -s

acceptance: dev-environment ## each of the 196 demands, the tests that prove it, and its state
	@$(BIN)/python -m tests.acceptance.report

bench: dev-environment ## fill a throw-away database with N=100000 dossiers and measure over HTTP
	@$(BIN)/python -m bench N=$(N)

map: dev-environment ## draw the map of the code into docs/map.md
	@$(BIN)/python tools/map.py

ui: dev-environment ## build the two style sheets again, after any change of templates, scripts or css
	@$(BIN)/python tools/build_ui.py

schema: dev-environment ## make config/schema.sql anew, after any new migration: what a first start begins with
	@$(BIN)/python tools/schema.py

messages: dev-environment ## bring motcua/locale/en up to date with the sentences in code and templates
	@$(BIN)/python tools/messages.py
