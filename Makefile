# The two targets a newcomer needs are `site` and `test`; the others are for daily work.

PYTHON ?= python3
FUZZ_SECONDS ?= 600
VENV := .venv
BIN := $(VENV)/bin
EDITOR := $(VENV)/share/schaukasten/editor/node_modules
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --require-virtualenv

.PHONY: site serve editor editor-files check test test-fast test-full fuzz lint pictures benchmark clean

site: $(VENV)/site ## build the demo site
	@$(BIN)/schaukasten build
	@echo "Ansehen: make serve  (dann http://127.0.0.1:8000/ öffnen)"

serve: $(VENV)/site ## show the site in the browser and follow every change
	@$(BIN)/schaukasten serve --drafts

editor: $(VENV)/site $(EDITOR) ## show the site with the web editor, for the files here
	@$(BIN)/schaukasten serve --editor --drafts

editor-files: $(EDITOR) ## get what the web editor consists of, for builds of a site that has one

check: $(VENV)/site ## check the texts
	@$(BIN)/schaukasten check

test: $(VENV)/dev tests/node_modules lint ## everything, in its short form
	$(BIN)/python -m pytest -n auto

test-fast: $(VENV)/dev ## what needs neither browser nor daemons
	$(BIN)/python -m pytest -n auto -m "not slow"

test-full: $(VENV)/dev tests/node_modules lint ## everything, in its long form
	$(BIN)/python -m pytest -n auto --full

fuzz: $(VENV)/dev ## try strange texts for FUZZ_SECONDS, led by the parts of the program that they reach
	@$(PIP) install --require-hashes --only-binary :all: -r requirements/fuzz.lock || true
	$(BIN)/python -m tests.fuzz build/fuzz -max_total_time=$(FUZZ_SECONDS)

lint: $(VENV)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

pictures: $(VENV)/dev ## take the pictures of the handbook
	$(BIN)/python -m tests.take_pictures

benchmark: $(VENV)/site ## compare with peers on the same texts
	$(BIN)/python benchmarks/run.py

clean: ## remove what was generated and installed
	rm -rf build $(VENV) tests/node_modules

$(VENV)/site: requirements/build.lock requirements/site.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Schaukasten braucht Python 3.11 oder neuer. Mit PYTHON=… ein anderes wählen."; exit 1; }
	@test -x $(BIN)/python || { echo "Richte die Umgebung in $(VENV) ein …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installiere die festgelegten Pakete …"
	@$(PIP) install --require-hashes -r requirements/build.lock
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/site.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/site requirements/dev.lock
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/dev.lock
	@touch $@

# What pages and letters are compared with and checked by, and what the site is published to. Without one of these, the
# tests that need it are skipped.
PROGRAMS := apache2 chromium hugo java mailman nginx npm pdftotext postfix rsync spamassassin sshd
PACKAGES := apache2-bin chromium default-jre-headless hugo nginx-light nodejs npm openssh-server poppler-utils postfix rsync \
	spamassassin

tests/node_modules: tests/package.json tests/package-lock.json tests/.npmrc
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then for program in $(PROGRAMS); do \
		command -v $$program >/dev/null || { apt-get update -qq; \
		echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections; \
		echo "mailman3 mailman3/config_hyperkitty boolean false" | debconf-set-selections; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(PACKAGES) || true; \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mailman3 || true; \
		break; }; done; fi
	@if command -v npm >/dev/null; then echo "Installiere die Pakete für Node …"; \
		(cd tests && npm ci --loglevel=error) || echo "Die Tests, die sie brauchen, werden übersprungen."; \
		else echo "Ohne npm werden die Tests übersprungen, die Node brauchen."; fi
	@$(MAKE) --no-print-directory $(EDITOR) || echo "Die Tests des Web-Editors werden übersprungen."
	@if [ -d $@ ]; then touch $@; fi

$(EDITOR): $(VENV)/site generator/editor/npm/package.json generator/editor/npm/package-lock.json
	@echo "Installiere den Web-Editor …"
	@$(BIN)/python -m generator.editor.install
	@touch $@
