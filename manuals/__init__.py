"""Illustrated manuals, made from storyboards and the catalogue."""
