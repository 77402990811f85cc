"""How pages are made of templates, the same in every part: escaped, and with an error where a name is unknown."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """What was compiled in this process: a second simulator starts in half of the time."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


def templates_of(package: str) -> Environment:
    """Return what makes pages of the templates in a package's folder `templates`."""
    return Environment(
        loader=FileSystemLoader(str(files(package) / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled,
    )
