"""What a visitor has achieved, as the session keeps it until the next step.

The pages write it when a step succeeds, and a test bench that puts somebody in the middle of the way writes the same.
"""

from __future__ import annotations


def initial_login(number: str) -> dict[str, object]:
    """The initial registration of this contract may be filled in (MRG-04)."""
    return {"initial_contract": number}


def registration(user_id: str) -> dict[str, object]:
    """This master has just been registered (MRG-26)."""
    return {"registered": user_id}


def user_authentication(code_id: int, password: str) -> dict[str, object]:
    """The code of this id is on its way; the password will seal the .p12 (CRT-13, IMP-03)."""
    return {"code_id": code_id, "password": password}


def code_entry(code_id: int, password: str, user_id: str) -> dict[str, object]:
    """The code was right: it allows this user one issue (CRT-20)."""
    return {**user_authentication(code_id, password), "verified": user_id}


def login(user_id: str, certificate: str) -> dict[str, object]:
    """This user has logged in with this certificate (LGN-05)."""
    return {"user_id": user_id, "certificate": certificate}
