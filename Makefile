# Beyond set-up, a target is one line that calls koujyo: people without make run the same commands (README).
# Options go through ARGS:  make serve ARGS="--port 0"   make scenarios ARGS="-k ログイン"
# make scenarios CERTIFICATES=store
# exec: a shell in between would keep the signals that end make to itself. Whatever the failure, make itself exits
# with 2, and prints the code of the command.
PYTHON ?= python3
KOUJYO := .venv/bin/koujyo

.PHONY: setup scenarios nightly manual test check serve bench
.DEFAULT_GOAL := scenarios

setup:
	@exec $(PYTHON) tools/set_up.py

scenarios: setup
	@exec $(KOUJYO) scenarios $(if $(CERTIFICATES),--certificates $(CERTIFICATES)) $(ARGS)

nightly: setup
	@exec $(KOUJYO) nightly $(ARGS)

manual: setup
	@exec $(KOUJYO) manual $(ARGS)

test: setup
	@exec $(KOUJYO) test $(ARGS)

check: setup
	@exec $(KOUJYO) check $(ARGS)

serve: setup
	@exec $(KOUJYO) serve $(ARGS)

bench: setup
	@exec $(KOUJYO) bench $(ARGS)
