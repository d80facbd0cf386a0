# The front door. Each target makes its own environment first; `make help` lists them.

UV_VERSION := 0.13.9
PYTHON ?= python3
NOTE ?= mali
CORES ?= 2
BASE ?= HEAD
HEAD ?= now
# Where config.yaml and sources/ are, and outputs/ will be.
FOLDER ?= .

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := .uv/bin/uv

# Compiled modules are kept apart from the sources; without them each step compiles anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/python
export UV_PROJECT_ENVIRONMENT := $(VENV)
# How Snakemake is called: profiles/default/.
SNAKEMAKE := $(BIN)/python scripts/build.py "$(FOLDER)" --cores $(CORES)

# What is skipped is named at the end. The files that take longest come first (conftest.py), not those of most tests.
PYTEST := $(BIN)/pytest --numprocesses $(CORES) --dist loadfile --no-loadscope-reorder -rs

.DEFAULT_GOAL := help
.PHONY: verify audit note translate publish edition review test clients test-clients check lint format bench clean help

# With LANGUAGES or FORMATS some files alone are made, for a quick look; they stay in build/, being no whole set.
SOME = $(foreach l,$(or $(LANGUAGES),en),$(foreach k,$(or $(FORMATS),html),build/$(NOTE)/$(NOTE).$l.$k))
note: $(READY)  ## make the note: outputs/mali/mali.{en,fr}.{pdf,docx,html} and its data; or LANGUAGES=en FORMATS=html
	@$(SNAKEMAKE) -- $(if $(LANGUAGES)$(FORMATS),$(SOME),all)
	@$(if $(LANGUAGES)$(FORMATS),printf '%s\n' $(SOME))

translate: $(READY)  ## bring the message catalogues up to date: what is new, what has changed
	@$(SNAKEMAKE) --forcerun translate -- build/$(NOTE)/translated.txt

publish: $(READY)  ## freeze the current edition under sources/<note>/editions/
	@$(SNAKEMAKE) --forcerun publish -- build/$(NOTE)/published.txt

VERSION ?= HEAD
edition: $(READY)  ## render a published edition again from its frozen documents: make edition VERSION=2019-02
	@$(SNAKEMAKE) -- build/$(NOTE)/editions/$(VERSION)/delivered.json
	@echo outputs/$(NOTE)/editions/$(VERSION)

REVIEW = $(NOTE)/review/$(BASE)..$(HEAD)
review: $(READY)  ## compare two versions: make review BASE=2019-02 (HEAD=now); an edition, a git revision, or now
	@$(SNAKEMAKE) -- build/$(REVIEW)/delivered.json
	@echo outputs/$(REVIEW)/changes.html

test: $(READY)  ## run all tests; those that need other programs are skipped by name where they are missing
	@$(PYTEST)

verify: note  ## build again in a second folder, and compare with the manifest
	@$(BIN)/python scripts/tools/verify.py "$(FOLDER)"

audit: $(READY)  ## hold the locked libraries against the known vulnerabilities
	@$(BIN)/python scripts/tools/audit.py $(UV)

clients: $(READY)  ## install LibreOffice, pandoc, Chromium and Node packages where possible, for the tests that need them
	@sh tests/clients/install.sh

test-clients: clients  ## run the tests that need these programs
	@$(PYTEST) -m client

check: lint  ## lint, types and unit tests, in under a minute
	@$(PYTEST) -m "not workflow and not client and not layout and not many"

lint: $(READY)  ## lint, form, layers and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/snakefmt --check Snakefile rules
	@mkdir -p .cache && PYTHONPATH=scripts $(BIN)/lint-imports --no-cache > .cache/imports.txt || { cat .cache/imports.txt; exit 1; }
	@$(BIN)/mypy

format: $(READY)  ## put the code into the house's form
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@$(BIN)/snakefmt Snakefile rules

bench: $(READY)  ## time the build beside its peers, its floor and Snakemake's start: make bench TURNS=3 SCALE="1 4 16" PLAN="54 200"
	@$(UV) sync --locked --quiet --group bench
	@$(BIN)/python tests/bench.py --turns $(or $(TURNS),3) $(if $(SCALE),--scale $(SCALE)) $(if $(PLAN),--plan $(PLAN))

clean:  ## remove what was made, but not the environment
	@rm -rf build outputs .snakemake .hypothesis .pytest_cache .mypy_cache .ruff_cache

help:  ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "make %-13s %s\n", $$1, $$2}'

# The environment: uv brings in what uv.lock names. System libraries come from apt where the machine lets us.
$(READY): pyproject.toml uv.lock scripts/system_packages.sh
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3."; exit 1; }
	@test -x $(UV) || { $(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@$(UV) sync --locked --quiet
	@sh scripts/system_packages.sh
	@touch $@
