"""Manuals as Word documents that trainers edit."""

from __future__ import annotations

from manuals.docx.writing import write_docx

__all__ = ["write_docx"]
