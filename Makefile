# Beyond set-up, a target is one line that calls koujyo: people without make run the same commands (README).
# Options go through ARGS:  make serve ARGS="--port 0"   make scenarios ARGS="-k ログイン"
# make scenarios CERTIFICATES=store
PYTHON ?= python3
KOUJYO := .venv/bin/koujyo

.PHONY: setup scenarios nightly manual test check serve bench
.DEFAULT_GOAL := scenarios

setup:
	@$(PYTHON) tools/set_up.py

scenarios: setup
	@$(KOUJYO) scenarios $(if $(CERTIFICATES),--certificates $(CERTIFICATES)) $(ARGS)

nightly: setup
	@$(KOUJYO) nightly $(ARGS)

manual: setup
	@$(KOUJYO) manual $(ARGS)

test: setup
	@$(KOUJYO) test $(ARGS)

check: setup
	@$(KOUJYO) check $(ARGS)

serve: setup
	@$(KOUJYO) serve $(ARGS)

bench: setup
	@$(KOUJYO) bench $(ARGS)
