"""How pages are made of templates, the same in every part: escaped, and with an error where a name is unknown."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates_of(package: str) -> Environment:
    """Return what makes pages of the templates in a package's folder `templates`."""
    return Environment(
        loader=FileSystemLoader(str(files(package) / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
