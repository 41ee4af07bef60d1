# Everything a contributor needs; `make help` lists it. Needs Python 3.11 to 3.13 and make, nothing else.
SHELL := /bin/bash
# The distribution's before that of the path: pyenv and others build theirs without optimisation, and all takes longer.
PYTHON ?= $(firstword $(foreach python,/usr/bin/python3 python3,$(shell \
	$(python) -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(python))) python3)
VENV := .venv
PY := $(VENV)/bin/python
# Without byte-compiling everything: what is imported gets compiled then.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --no-compile
BUF := ../$(VENV)/bin/buf
STAMP := $(VENV)/.installed
BESIDE := $(VENV)/beside
MUTATION := $(VENV)/.mutation
WORKERS ?= 2
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet
PYTEST := $(PY) -m pytest
PARALLEL := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# Unit tests first: what is wrong there shows soonest.
SUITES := tests/unit $(filter-out tests/unit tests/__pycache__,$(patsubst %/,%,$(wildcard tests/*/)))

# Some containers forbid it; each start of a program would then compile everything anew: four seconds.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help install lock revision protos protos-baseline coverage lint format types imports contracts check unit test servers stack demo bench chaos law mutation clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

install: $(STAMP) ## Make .venv with everything that requirements.lock names

$(STAMP): requirements.lock pyproject.toml
	@test -x $(PY) || $(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed, this is " + sys.version.split()[0])'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): a minute or two, once"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

lock: ## Resolve the dependencies anew (needs uv)
	$(COMPILE) pyproject.toml --extra dev --output-file requirements.lock
	$(COMPILE) tests/load/libraries.in --output-file tests/load/libraries.lock
	$(COMPILE) tests/mutation/requirements.in --constraint requirements.lock --output-file tests/mutation/requirements.lock

protos: $(STAMP) ## Generate the Python code of the contracts
	cd protos && $(BUF) lint
	$(PY) protos/generate.py protos/gen

protos-baseline: $(STAMP) ## Take today's contracts as what later ones must not break (see CONTRIBUTING.md)
	cd protos && $(BUF) build -o .baseline.binpb --exclude-source-info

revision: $(STAMP) ## Write the next revision of every service whose tables have changed: NAME="Add leases" [STEP=post] [SERVICE=sla]
	@test -n "$(NAME)" || { echo 'say what changes: make revision NAME="Add leases"'; exit 2; }
	@for service in $(or $(SERVICE),intake dispatch sla knowledge notify); do \
		$(PY) -m services.$$service migrate --new "$(NAME)" --step $(or $(STEP),pre) || exit; done

coverage: $(STAMP) ## docs/coverage.md: where each rule of the regulations stands in packs, code and tests
	$(VENV)/bin/huying policy coverage --write

lint: $(STAMP) ## Ruff
	$(VENV)/bin/ruff check

format: $(STAMP) ## Put the code into ruff's shape and repair what it can
	$(VENV)/bin/ruff check --fix
	$(VENV)/bin/ruff format

types: $(STAMP) ## Mypy, strict
	$(VENV)/bin/mypy

imports: $(STAMP) ## Who may import whom
	$(VENV)/bin/lint-imports --cache-dir .import_linter_cache

contracts: $(STAMP) ## Buf: style of the contracts, and nothing broken since the baseline
	cd protos && $(BUF) lint && $(BUF) breaking --against .baseline.binpb

check: lint types imports contracts ## The static part of the tests
	$(PYTEST) -q tests/architecture

unit: $(STAMP) ## The tests that need no database
	$(PYTEST) -q $(PARALLEL) tests/unit

test: lint types imports contracts ## Everything, as continuous integration runs it
	$(PYTEST) $(PARALLEL) $(SUITES)

servers: $(STAMP) ## RabbitMQ, PostgreSQL, Elasticsearch, MinIO, Prometheus: install or build what is missing
	$(PY) -m cli.servers.install

stack: servers ## Everything on real servers, as separate processes; stop it with `huying stack down`
	$(VENV)/bin/huying stack up
	@echo "Stop it with: $(VENV)/bin/huying stack down"

demo: $(if $(filter full,$(STACK)),servers,$(STAMP)) ## 175 cases in four cities on your terminal; leaves one HTML page. STACK=full: on real servers
	$(VENV)/bin/huying demo $(if $(STACK),--stack $(STACK))

$(BESIDE)/.installed: tests/load/libraries.lock $(STAMP)
	@$(PIP) --require-hashes --upgrade --target $(BESIDE) -r tests/load/libraries.lock
	@touch $@

bench: $(if $(filter full,$(STACK)),servers,$(BESIDE)/.installed) ## Speed and memory, as ratios to this machine's own commits; STACK=full: of the stack, beside stock nameko; SECTIONS="lives"
	$(if $(filter full,$(STACK)),,PYTHONPATH=$(BESIDE)) $(PY) -m tests.load.$(if $(filter full,$(STACK)),stack.)bench $(SECTIONS)

chaos: $(STAMP) ## Fifty kills of `huying up` under a replay; N=100: so many fault schedules on real servers [SEED=1] [FROM=40]
ifdef N
	$(PY) -m cli.servers.install
	$(PY) -m tests.chaos $(N) $(if $(SEED),--seed $(SEED)) $(if $(FROM),--from $(FROM))
else
	HUYING_CHAOS_KILLS=50 $(PYTEST) -q tests/e2e/test_chaos.py
endif

law: $(STAMP) ## Every deadline and clock by a second reckoning, in N=20000 seeded cases [SEED=1] [FROM=4000]; SEED=1 ONE=4711: one again
	$(PY) -m tests.law $(or $(N),20000) --seed $(or $(SEED),1) $(if $(FROM),--from $(FROM)) $(if $(ONE),--one $(ONE))

mutation: $(MUTATION) ## Would the tests notice a wrong line? Calendar, clocks, routing, tables of states [TARGETS="calendar clocks"]
	$(PY) -m tests.mutation $(TARGETS) --workers $(WORKERS)

$(MUTATION): tests/mutation/requirements.lock $(STAMP)
	@$(PIP) --require-hashes -r $<
	@touch $@

clean: ## Remove what can be made again
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
