SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help install environment run test check schema bench lock clean

PYTHON ?= python3
PORT ?= 8000
# What pytest is told besides, e.g. make test ARGS="tests/test_setup.py -x"
ARGS ?=
# make install PRODUCTION=1 leaves out what only development needs, the PostgreSQL among it.
PRODUCTION ?=
LOCK := $(if $(PRODUCTION),requirements.lock,requirements-dev.lock)
# Everything here is a development machine's own; a server sets its settings itself (docs/operating.md).
DEVELOPMENT := DEBUG=1
SCHEMA = $(DEVELOPMENT) .venv/bin/python manage.py spectacular --format openapi-json --validate --fail-on-warn

help:
	@echo 'make install   a .venv in this folder, from the hashed lock files'
	@echo 'make run       the site on http://127.0.0.1:$(PORT)/, with sample data (PORT=8001 moves it)'
	@echo 'make test      the tests (ARGS="-k dates" chooses)'
	@echo 'make check     style, types, import order, migrations, deployment, translations'
	@echo 'make schema    docs/openapi.json, the description of the API, anew'
	@echo 'make bench     speed, beside a floor of hand-written SQL'
	@echo 'make lock      the lock files anew, from pyproject.toml; needs uv'
	@echo 'make clean     away with .venv, caches and collected files; the database in .postgres stays'

install: environment
	@DEBUG=0 SECRET_KEY=not-used-for-anything DATABASE_URL=postgresql://localhost/not-asked .venv/bin/python manage.py collectstatic --no-input --verbosity 0
	@echo 'Installed.'

environment:
	@"$(PYTHON)" -c '' 2>/dev/null || { echo 'There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make install PYTHON=/path/to/python3' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "This needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1). Name another: make install PYTHON=/path/to/python3" >&2; exit 1; }
	@if { pwd; cat $(LOCK); } | cmp -s - .venv/installed && .venv/bin/python -c ''; then exit 0; fi; \
	"$(PYTHON)" -c 'import ensurepip' 2>/dev/null || { echo 'This Python cannot make virtual environments; on Debian: apt-get install python3-venv' >&2; exit 1; }; \
	echo "Installing $$(grep -c '==' $(LOCK)) packages into .venv; the first time takes a minute or two."; \
	"$(PYTHON)" -m venv --clear .venv; \
	.venv/bin/python -m pip install --no-deps --require-hashes --only-binary :all: --no-input --disable-pip-version-check -r $(LOCK) \
		| awk '/^Collecting /{ printf "  %s\n", $$2; fflush() } /^Installing /{ print "  unpacking"; fflush() }'; \
	{ pwd; cat $(LOCK); } > .venv/installed

run: environment
	@.venv/bin/python -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null \
		|| { echo 'Port $(PORT) is taken on this machine. Choose another: make run PORT=8001' >&2; exit 1; }
	@$(DEVELOPMENT) .venv/bin/python manage.py migrate --verbosity 1
	@$(DEVELOPMENT) .venv/bin/python manage.py prepare_demo
	@echo 'The site: http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)'
	@$(DEVELOPMENT) exec .venv/bin/python manage.py runserver 127.0.0.1:$(PORT)

test: environment
	@.venv/bin/python -m pytest -n auto $(ARGS)

check: environment
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/djade --check $$(git ls-files 'templates/*.html')
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(DEVELOPMENT) .venv/bin/python manage.py makemigrations --check --dry-run
	@DEBUG=0 SECRET_KEY=$$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(60))') .venv/bin/python -W error manage.py check --deploy --fail-level WARNING
	@$(DEVELOPMENT) .venv/bin/python manage.py translations --check
	@$(SCHEMA) | cmp -s - docs/openapi.json || { echo 'The API is not as docs/openapi.json says. If that is meant, make schema writes it anew.' >&2; exit 1; }

schema: environment
	@$(SCHEMA) > docs/openapi.json

bench: environment
	@$(DEVELOPMENT) .venv/bin/python -m tests.bench $(ARGS)

UV ?= uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' pyproject.toml

lock:
	@command -v "$(UV)" > /dev/null || { echo 'make lock needs uv: pip install uv, or make lock UV=/path/to/uv' >&2; exit 1; }
	@$(COMPILE) $(ARGS) --output-file requirements.lock
	@$(COMPILE) $(ARGS) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles test-artifacts
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
