# Every target sets up what it needs first; "make demo" and "make test" are all a newcomer runs.

ifeq ($(OS),Windows_NT)
VENV_BIN := .venv/Scripts
PYTHON ?= py -3
else
VENV_BIN := .venv/bin
PYTHON ?= python3
endif
RUN := $(VENV_BIN)/python
READY := .venv/ready

.PHONY: demo test check format bench screens prove package lock clean

demo: $(READY)
	$(RUN) -m app demo --out build/demo

test: $(READY)
	$(RUN) -m pytest -n auto

check: $(READY)
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(VENV_BIN)/lint-imports

format: $(READY)
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

bench: $(READY)
	$(RUN) -m benchmarks

screens: $(READY)
	$(RUN) -m benchmarks.screens build/screens

# Hours on two cores; a run that was stopped goes on where it stopped. BUDGET=change takes minutes.
BUDGET ?= full
prove: $(READY)
	$(RUN) -m tests.prove --budget $(BUDGET)
	$(RUN) -m tests.prove.fleet
	$(RUN) -m tests.prove.fleet --postgresql
	$(RUN) -m pytest -n auto --hypothesis-profile=prove tests

package: $(READY)
	$(RUN) -m PyInstaller --noconfirm --distpath build/package --workpath build/pyinstaller build.spec
	$(RUN) .ci/bill_of_materials.py build/package/siteweek/bill-of-materials.cdx.json
	$(RUN) tests/packaging/try_package.py build/package/siteweek

lock: $(READY)
	$(RUN) -m pip install --quiet uv
	$(VENV_BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --extra dev --extra postgresql pyproject.toml --output-file requirements.lock

clean:
	rm -rf build .venv

# One step makes the virtual environment, installs the pinned and hashed dependencies, and sees
# to the system libraries that Qt needs.
$(READY): requirements.lock .ci/set_up.py
	$(PYTHON) .ci/set_up.py
