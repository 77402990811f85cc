"""The certificate the browser presented, from the TLS extension of ASGI."""

from __future__ import annotations

import ssl
from functools import lru_cache

from starlette.requests import Request

from simulator.pki import PresentedCertificate, read_certificate


def presented_certificate(request: Request) -> PresentedCertificate | None:
    """The client certificate of the connection; None when the browser presented none."""
    chain = request.scope.get("extensions", {}).get("tls", {}).get("client_cert_chain") or []
    return _read(chain[0]) if chain else None


@lru_cache(maxsize=256)
def _read(pem: str) -> PresentedCertificate:
    return read_certificate(ssl.PEM_cert_to_DER_cert(pem))
