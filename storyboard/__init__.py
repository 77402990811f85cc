"""What a run of the scenarios recorded: the one source of the report, of the CI evidence and of the manuals."""
