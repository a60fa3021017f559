# Everything a person does with this project, in one place: `make help` lists it.
# Needs Python 3.11 or later, pip and make; everything else is fetched into .uv and .venv.

PORT ?= 8000
PYTHON3 ?= python3
PYTHONS ?= 3.11 3.12 3.13 3.14
TESTS ?= tests
UV_VERSION := >=0.13,<0.14

export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := true
export UV_PROJECT_ENVIRONMENT := .venv
export OPENBLAS_NUM_THREADS := 1
unexport PYTHONDONTWRITEBYTECODE  # without it each of many processes compiles every module anew

UV := .uv/bin/uv
PY := .venv/bin/python
READY := .venv/.ready
DOCS := .docs/.ready
AUDIT := .audit/.ready
AUDITOR := .audit/bin/python
COMPILE := $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

COMPILE_DOCS := $(subst pyproject.toml,requirements/docs.in,$(COMPILE))

.DEFAULT_GOAL := help
.PHONY: docs faces help setup run dev demo demo-fresh test test-quick test-pythons check fmt bench bench-groups bench-verdicts migrate migration \
	pins permissions wheel audit sbom

help:  ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY)  ## Fetch everything that the site needs

$(UV):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; say which with PYTHON3=…"; exit 1; }
	@$(PYTHON3) -m pip install --quiet --disable-pip-version-check --target .uv "uv$(UV_VERSION)"

$(READY): requirements/dev.txt | $(UV)
	@test -x $(PY) || $(UV) venv --quiet --python $(PYTHON3) .venv
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@touch $@

$(DOCS): requirements/docs.txt | $(UV)  # what writes the site of documents, in an environment of its own
	@test -x .docs/bin/python || $(UV) venv --quiet --python $(PYTHON3) .docs
	@$(UV) pip sync --quiet --python .docs/bin/python --require-hashes requirements/docs.txt
	@touch $@

$(AUDIT): | $(UV)  # tools that look at the pins from outside, in an environment of their own
	@$(UV) venv --quiet --clear --python $(PYTHON3) .audit \
		&& $(UV) pip install --quiet --python $(AUDITOR) "pip-audit>=2.10,<3" \
			"cyclonedx-python-lib[json-validation]>=11.12,<12" && touch $@ \
		|| { rm -rf .audit; echo "pip-audit and cyclonedx-python-lib cannot be fetched from here."; }

run: $(READY)  ## Serve the site as the DISCUSSION_ settings say (DEBUG=1: the same as make dev)
	$(if $(DEBUG),@$(MAKE) --no-print-directory dev,$(PY) -m discussion serve)

dev: $(READY)  ## Serve the demonstration so that every change in code, templates and styles is seen at once
	@exec $(PY) -m flask --app "discussion.cli.demo:developing($(PORT))" run --debug --port $(PORT)

demo: $(READY)  ## Serve the demonstration at http://127.0.0.1:$(PORT) (PORT=… changes it)
	@exec $(PY) -m discussion demo --port $(PORT)

demo-fresh: $(READY)  ## The demonstration as it was at first
	@exec $(PY) -m discussion demo --port $(PORT) --fresh

test: $(READY)  ## Run the tests
	$(PY) -m pytest -n 2 --dist loadgroup -q

test-quick: $(READY)  ## Run the tests nearest to what was changed, within a minute
	@$(PY) -m tests.touched

test-pythons: $(UV)  ## Run the tests on every Python from 3.11 to 3.14 that this machine has (TESTS=… fewer)
	@failed=""; for version in $(PYTHONS); do \
		python=$$($(UV) python find --no-project --system $$version 2>/dev/null \
			|| ls -d $$HOME/.pyenv/versions/$$version.*/bin/python 2>/dev/null | tail -1); \
		if [ -z "$$python" ]; then echo "Python $$version is not on this machine."; continue; fi; \
		own=var/python-$$version/bin/python; \
		test -x $$own || $(UV) venv --quiet --python $$python var/python-$$version || exit 1; \
		$(UV) pip sync --quiet --python $$own --require-hashes requirements/dev.txt || exit 1; \
		echo "Python $$version: $$python"; \
		$$own -m pytest -n 2 --dist loadgroup -q $(TESTS) || failed="$$failed $$version"; \
	done; [ -z "$$failed" ] || { echo "The tests failed on Python$$failed."; exit 1; }

check: $(READY)  ## Format, lint, types, templates, architecture, migrations, pins
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy --strict discussion tests
	$(PY) -m djlint --quiet --lint templates
	$(PY) -m pytest -q tests/architecture
	$(PY) -m pytest -q tests/migrations
	$(PY) -m discussion permissions | diff docs/permissions.md - \
		|| { echo "docs/permissions.md is old: make permissions"; exit 1; }
	@mkdir -p var && for set in run dev; do \
		cp requirements/$$set.txt var/pins-$$set.txt; \
		$(COMPILE) $$(test $$set = dev && echo --extra dev) -o var/pins-$$set.txt || exit 1; \
		diff requirements/$$set.txt var/pins-$$set.txt \
			|| { echo "requirements/$$set.txt is not what pyproject.toml asks for: make pins"; exit 1; }; \
	done
	@cp requirements/docs.txt var/pins-docs.txt && $(COMPILE_DOCS) -o var/pins-docs.txt && diff requirements/docs.txt var/pins-docs.txt \
		|| { echo "requirements/docs.txt is not what requirements/docs.in asks for: make pins"; exit 1; }

fmt: $(READY)  ## Put the code in the project's format
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format .

bench: $(READY)  ## Measure pages, busy and large sites, forms, findings (PARTS="reading busy": those; BIG=1: all sizes)
	$(PY) -m bench $(PARTS) $(if $(BIG),--big)

bench-verdicts: $(READY)  ## How often findings are right, on rooms of known truth (twenty minutes; fills docs/how-sure.md)
	$(PY) -m bench.verdicts

bench-groups: $(READY)  ## The same for opinion groups alone
	$(PY) -m bench.groups $(if $(BIG),--big)

docs: $(DOCS)  ## Write var/docs/, the documents as a site that needs no network, and look at each of its links
	@NO_MKDOCS_2_WARNING=1 .docs/bin/mkdocs build --clean && echo "Written to var/docs/index.html."

faces: $(READY)  ## Write docs/json.md, what every page says as JSON
	$(PY) -m discussion faces > docs/json.md

migrate: $(READY)  ## Bring the database that the settings name up to date
	$(PY) -m discussion init

migration: $(READY)  ## Write a migration from the models: make migration SAYS="what changes"
	$(PY) -m discussion.migrations.write "$(SAYS)"

permissions: $(READY)  ## Write docs/permissions.md from the rules
	$(PY) -m discussion permissions > docs/permissions.md

pins: $(UV)  ## Pin what pyproject.toml asks for, with hashes (UPGRADE=--upgrade takes newer ones)
	$(COMPILE) $(UPGRADE) -o requirements/run.txt
	$(COMPILE) $(UPGRADE) --extra dev -o requirements/dev.txt
	$(COMPILE_DOCS) $(UPGRADE) -o requirements/docs.txt

audit: $(AUDIT)  ## Say which pinned packages have known vulnerabilities (STRICT=--strict)
	@test ! -x $(AUDITOR) || $(AUDITOR) requirements/audit.py $(STRICT)
	@test -x $(AUDITOR) || { echo "NOTHING was audited."; test -z "$(STRICT)"; }

sbom: $(AUDIT)  ## Write var/sbom.json: what the site is made of, as CycloneDX
	@mkdir -p var && $(PYTHON3) requirements/sbom.py var/sbom.json && echo "Written to var/sbom.json."
	@test ! -x $(AUDITOR) || $(AUDITOR) requirements/check_sbom.py var/sbom.json
	@test -x $(AUDITOR) || echo "It was not compared with its schema."

wheel: $(READY)  ## Build a wheel that holds templates and styles
	$(PY) -m hatchling build -t wheel
