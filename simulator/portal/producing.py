"""Files made for one visitor: beside the event loop, few at a time, and gone from the disk once they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from simulator.portal.pages import guarded
from simulator.portal.visit import Visit

CHUNK = 64 * 1024


@dataclass(frozen=True)
class Product:
    """A file to make.

    Attributes:
        name: in the download folder; it may hold Japanese.
        plain_name: for who cannot read that.
        media_type: what it is.
        write: writes it; it may take its time.
        inline: whether the browser shows it in its window, where it can, instead of keeping it.
    """

    name: str
    plain_name: str
    media_type: str
    write: Callable[[BinaryIO], object]
    inline: bool = False


class _SentOnce(StreamingResponse):
    """A file that has no name on the disk, and is gone once it was sent or the visitor has left."""

    def __init__(self, file: BinaryIO, product: Product) -> None:
        self._file = file
        length = file.tell()
        file.seek(0)
        headers = {"content-length": str(length), "content-disposition": disposition(product)}
        super().__init__(_chunks(file), HTTPStatus.OK, headers, product.media_type)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


async def produced(visit: Visit, product: Product) -> Response:
    """Make a file and answer with it.

    Raises:
        Exception: whatever `write` raises; then nothing is left on the disk.
    """
    file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - closed when it has been sent
    try:
        async with visit.portal.producing:
            await visit.call(product.write, file)
    except BaseException:
        file.close()
        raise
    return guarded(_SentOnce(file, product))


def disposition(product: Product) -> str:
    """The value of Content-Disposition; browsers take the Japanese name (RFC 6266, RFC 5987)."""
    manner = "inline" if product.inline else "attachment"
    return f"{manner}; {file_names(product.plain_name, product.name)}"


def file_names(plain: str, full: str) -> str:
    """Both names of a file as Content-Disposition takes them: a plain one for every program, the one for browsers."""
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
