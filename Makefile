# One list of commands on every machine; .ci/run calls `check` and `test`.
# Needs Python 3.11 or newer, make, and the registries of Python and npm packages. Nothing else.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
NIGHTLY := .venv/.nightly
ASSETS := var/stamps/assets
TRANSLATIONS := var/stamps/translations
SOURCES := $(shell find doithoai -name '*.html' -o -name '*.py' -o -path '*/static/*' -name '*.js' -not -path '*/vendor/*')
CATALOGUES := $(shell find doithoai -name '*.po')

.PHONY: help install assets translations demo test test-quick test-browser check lint ladder types \
	templates texts migrations migration documents dependencies bench screenshots docs bundle lock clean \
	hooks nightly coverage mutants vulnerabilities

help:
	@echo "make demo         everything on this machine, with invented data; Ctrl-C stops it"
	@echo "make test         all tests, then those in a browser"
	@echo "make check        format, lint, ladder, types, texts, migrations, documents"
	@echo "make migration    APP=cases NAME=what_it_does: a new migration and its max_migration.txt"
	@echo "make nightly      what takes too long for every change: coverage, vulnerabilities"
	@echo "make mutants      weekly: rules changed word by word, each to be noticed by a test"
	@echo "make hooks        lint, types, texts before each commit"
	@echo "make bench        speed and memory, as ratios; writes var/bench.json"
	@echo "make screenshots  the main pages into docs/img"
	@echo "make docs         write the generated documents"
	@echo "make bundle       one archive to install from without the internet"
	@echo "make lock         choose versions anew and write the hashed lock files"

install: $(INSTALLED)
assets: $(ASSETS)
translations: $(TRANSLATIONS)

$(INSTALLED): requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(ASSETS): $(INSTALLED) package.json package-lock.json doithoai/config/assets.py $(SOURCES)
	$(BIN)/python -m doithoai.config.assets
	@mkdir -p $(@D) && touch $@

$(TRANSLATIONS): $(INSTALLED) $(CATALOGUES)
	$(BIN)/doithoai translations compile
	@mkdir -p $(@D) && touch $@

demo: $(ASSETS) $(TRANSLATIONS)
	@exec $(BIN)/doithoai demo

test: test-quick test-browser

test-quick: $(ASSETS) $(TRANSLATIONS)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser"

# Each worker has a site of its own: database, server, port, files.
test-browser: $(ASSETS) $(TRANSLATIONS)
	CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && \
	$(BIN)/python -m pytest -n 2 --dist worksteal -m browser

check: lint ladder types templates texts migrations documents dependencies

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

ladder: $(INSTALLED)
	$(BIN)/lint-imports

types: $(INSTALLED)
	$(BIN)/mypy

templates: $(INSTALLED)
	$(BIN)/djlint --lint --quiet doithoai

texts: $(TRANSLATIONS)
	$(BIN)/doithoai translations check

# Each app's max_migration.txt names its last migration, so that two branches that both add one
# meet in a conflict; `make migration` writes it along.
migrations: $(INSTALLED)
	$(BIN)/doithoai manage makemigrations --check --dry-run
	DOITHOAI_CHECKED_BY=django_linear_migrations $(BIN)/doithoai manage check --tag models

migration: $(INSTALLED)
	DOITHOAI_CHECKED_BY=django_linear_migrations $(BIN)/doithoai manage makemigrations $(APP) --name $(NAME)
	DOITHOAI_CHECKED_BY=django_linear_migrations $(BIN)/doithoai manage create_max_migration_files --recreate

documents: $(TRANSLATIONS)
	$(BIN)/doithoai docs check

dependencies: $(INSTALLED)
	$(BIN)/deptry doithoai

# docs/testing.md says what each of these proves and how long it takes.
nightly: coverage vulnerabilities

$(NIGHTLY): $(INSTALLED) requirements/nightly.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/nightly.lock
	@touch $@

vulnerabilities: $(NIGHTLY)
	$(BIN)/pip-audit --strict --disable-pip --requirement requirements/run.lock

coverage: $(ASSETS) $(TRANSLATIONS)
	$(BIN)/coverage erase
	failed=0; $(BIN)/coverage run -m pytest -n 2 --dist worksteal -m "not browser" || failed=1; \
	$(BIN)/coverage combine --quiet && $(BIN)/python scripts/floors.py || failed=1; exit $$failed

mutants: $(NIGHTLY) $(TRANSLATIONS)
	scripts/mutants

hooks: $(INSTALLED)
	$(BIN)/pre-commit install

bench: $(ASSETS) $(TRANSLATIONS)
	$(BIN)/python -m bench

screenshots: $(ASSETS) $(TRANSLATIONS)
	CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(BIN)/python -m doithoai.config.screenshots

docs: $(TRANSLATIONS)
	$(BIN)/doithoai docs write

bundle: $(ASSETS) $(TRANSLATIONS)
	$(BIN)/python -m doithoai.config.bundle

COMPILE := $(BIN)/pip-compile pyproject.toml --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# The lock files name no index: where packages come from is the machine's affair.
lock: $(INSTALLED)
	$(COMPILE) --output-file requirements/run.lock
	$(COMPILE) --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock
	$(COMPILE) --extra nightly --constraint requirements/dev.lock --output-file requirements/nightly.lock
	PATH="$$PATH:$(CURDIR)/$(BIN)" npm install --package-lock-only --ignore-scripts

clean:
	rm -rf mutants .venv node_modules var/stamps var/static doithoai/theme/static/vendor
