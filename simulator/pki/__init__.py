"""Keys, certificates and TLS: everything about X.509 the simulator does.

Two authorities that know nothing of each other: ``ServerIdentity`` makes the portal's own address trustworthy for a
browser on this machine, ``ClientAuthority`` issues the users' certificates (chapter CRT of the manuals). Nothing
here is secret or lasting: keys are made at run time and none is part of the project.
"""

from simulator.pki.authority import ClientAuthority
from simulator.pki.keys import KeyPool, generate_key
from simulator.pki.presented import PresentedCertificate, read_certificate
from simulator.pki.sealing import OpenedP12, P12Encryption, WrongPassword, open_sealed, seal
from simulator.pki.server_identity import SERVER_NAMES, ServerIdentity
from simulator.pki.state import StateError
from simulator.pki.tls import portal_tls

__all__ = [
    "SERVER_NAMES",
    "ClientAuthority",
    "KeyPool",
    "OpenedP12",
    "P12Encryption",
    "PresentedCertificate",
    "ServerIdentity",
    "StateError",
    "WrongPassword",
    "generate_key",
    "open_sealed",
    "portal_tls",
    "read_certificate",
    "seal",
]
