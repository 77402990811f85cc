"""The portal's side of TLS: a client certificate is asked for, and judged by the pages rather than by TLS."""

from __future__ import annotations

import _ssl
import ctypes
import ssl
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

if TYPE_CHECKING:
    from simulator.pki.authority import ClientAuthority
    from simulator.pki.server_identity import ServerIdentity

# Mozilla's "intermediate" suites without those in CBC mode.
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
# OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which Python gives no name. TLS would judge the term by the machine's clock;
# an expired certificate has to reach the page, which judges it by the simulated one.
NO_CHECK_TIME = 0x200000


def portal_tls(identity: ServerIdentity, authority: ClientAuthority) -> ssl.SSLContext:
    """TLS 1.2 and later for the portal; a client certificate is asked for and may be missing.

    A certificate by any other authority ends the handshake, one outside its term does not.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.set_alpn_protocols(["http/1.1"])
    _present(context, identity)
    context.load_verify_locations(cadata=authority.pem.decode())
    context.verify_mode = ssl.CERT_OPTIONAL
    context.verify_flags |= NO_CHECK_TIME
    # A browser that starts again with another certificate must not go on with the session of the former one.
    context.options |= ssl.OP_NO_TICKET
    context.num_tickets = 0
    announce_authority(context, authority)
    return context


def announce_authority(context: ssl.SSLContext, authority: ClientAuthority) -> bool:
    """Name the authority in the certificate request, so that a browser offers only certificates issued by it.

    Python has no call for this, so OpenSSL's own is made on the very library Python has loaded:
    https://docs.openssl.org/3.0/man3/SSL_CTX_set0_CA_list/

    Returns:
        Whether it was done. Where that OpenSSL cannot be reached (Windows, static builds) browsers offer every
        certificate they have, which is an inconvenience and no fault.
    """
    try:
        openssl = ctypes.CDLL(getattr(_ssl, "__file__", None))
        decode, add, free = openssl.d2i_X509, openssl.SSL_CTX_add_client_CA, openssl.X509_free
    except (OSError, AttributeError, TypeError):
        return False
    decode.restype = ctypes.c_void_p
    decode.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p), ctypes.c_long]
    add.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    free.argtypes = [ctypes.c_void_p]
    der = authority.certificate.public_bytes(Encoding.DER)
    certificate = decode(None, ctypes.byref(ctypes.c_char_p(der)), len(der))
    try:
        return bool(add(_native(context), certificate))
    finally:
        free(certificate)


def _native(context: ssl.SSLContext) -> int | None:
    # CPython keeps the SSL_CTX pointer as the first member behind the object header.
    return ctypes.c_void_p.from_address(id(context) + object.__basicsize__).value


def _present(context: ssl.SSLContext, identity: ServerIdentity) -> None:
    # load_cert_chain takes files only: https://github.com/python/cpython/issues/60691
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "server.pem"
        path.write_bytes(identity.key_and_chain_pem)
        context.load_cert_chain(path)
