"""The file around a document: made of the template, dated as its cover, and the same bytes for the same manual."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentType
from PIL import Image

from manuals.model import Cover

TEMPLATE = Path(__file__).with_name("template")
"""The parts of an empty document: page, styles, lists, fonts, settings."""
_FIRST = "[Content_Types].xml"
_PICTURES = "word/media/"
_LANGUAGE = "ja-JP"


def open_template() -> DocumentType:
    """Return an empty document with the styles of the manuals."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for path in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(TEMPLATE).as_posix())
    packed.seek(0)
    return Document(packed)


def describe(document: DocumentType, cover: Cover) -> None:
    """Tell title, issuer and date of the manual in the properties of the file."""
    properties = document.core_properties
    properties.title = f"{cover.title}　{cover.subtitle}"
    properties.author = properties.last_modified_by = cover.issuer
    properties.language, properties.version, properties.revision = _LANGUAGE, cover.version, 1
    properties.created = properties.modified = datetime.combine(cover.issued, time())


def save(document: DocumentType, target: Path, *, is_sketch: bool = False) -> None:
    """Write a document, its parts in the order of their names and without the time of writing.

    A sketch has the same pages, and nothing in the frames of its pictures: it is laid out many times faster.

    Raises:
        OSError: the file cannot be written, as while Word has it open.
    """
    packed = BytesIO()
    document.save(packed)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with ZipFile(packed) as source, ZipFile(draft, "w", ZIP_DEFLATED) as archive:
        for name in sorted(source.namelist(), key=lambda name: (name != _FIRST, name)):
            info = ZipInfo(name)
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            is_blank = is_sketch and name.startswith(_PICTURES)
            archive.writestr(info, _blank() if is_blank else source.read(name))
    draft.replace(target)


@lru_cache
def _blank() -> bytes:
    file = BytesIO()
    Image.new("1", (1, 1)).save(file, "PNG")
    return file.getvalue()
