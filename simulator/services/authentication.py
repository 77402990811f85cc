"""User authentication and the authentication code, the two factors before issuing (CRT-08 to CRT-25)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from simulator.mail.letters import compose
from simulator.rules import CodeState, CodeVerdict, code_expires_at, judge_code
from simulator.services.certificates import refuse_second_certificate
from simulator.services.gate import USER_AUTHENTICATION, pass_user_gate
from simulator.services.operations import refusals_noted
from simulator.services.refusal import Refused, refused
from simulator.services.removal import void_codes
from simulator.services.sending import send
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Code, User

CODE_ENTRY = "code_entry"


def authenticate(world: World, user_id: str, password: str) -> Code:
    """Check user id and password, and mail a fresh code to the registered address (CRT-13, ML-02).

    An older code of the same user dies with it.

    Raises:
        Refused: wrong, locked, blocked (CRT-14, CRT-16), or a certificate exists and its renewal is not open (CRT-17).
    """
    user = pass_user_gate(world, USER_AUTHENTICATION, user_id, password)
    digits = world.randomness.digits(world.profile.code_digits)
    hashed = world.passwords.hash(digits)
    now = world.clock.now()
    with refusals_noted(world, lambda _: user, USER_AUTHENTICATION.name), world.store.transaction() as session:
        refuse_second_certificate(session, world, user)
        void_codes(session, user)
        code = Code(user=user.id, hash=hashed, issued_at=now, expires_at=code_expires_at(now, world.profile))
        session.add(code)
        session.flush()
        record(session, "code_issued", now, user, actor=user_id)
    letter = compose(
        "code",
        user.mail_address,
        user_name=user.name,
        code=digits,
        minutes=world.profile.code_minutes,
        expires_at=code.expires_at,
    )
    send(world, letter, user)
    return code


def verify_code(world: World, code_id: int, digits: str) -> User:
    """Check the code that was mailed (CRT-20); it then allows one issue.

    Raises:
        Refused: wrong, expired (CRT-24), or void: replaced, used, tried wrongly too often, or its user is gone.
    """
    with (
        refusals_noted(world, lambda session: _owner(session, code_id), CODE_ENTRY),
        world.store.transaction() as session,
    ):
        hashed = _claim_try(world, _code_row(session, code_id))
    right = world.passwords.matches(hashed, digits)
    with world.store.transaction() as session:
        code = _code_row(session, code_id)
        user = session.get(User, code.user)
        refusal = _settle(session, world, code, user, right=right)
    if refusal or user is None:
        raise refusal or refused("E2203")
    return user


def _owner(session: Session, code_id: int) -> User | None:
    code = session.get(Code, code_id)
    return session.get(User, code.user) if code else None


def _code_row(session: Session, code_id: int) -> Code:
    """The code, which is gone with its user; nobody else can try it until the transaction ends."""
    code = session.get(Code, code_id, with_for_update=True)
    if code is None:
        raise refused("E2203")
    return code


def _claim_try(world: World, code: Code) -> str:
    """Count a try before it is checked, so that parallel tries cannot share one; the hash to check against."""
    before = judge_code(_state_of(code), world.clock.now(), world.profile, matches=True)
    if before.refusal:
        raise Refused(before.refusal)
    code.wrong_tries += 1
    return code.hash


def _settle(session: Session, world: World, code: Code, user: User | None, *, right: bool) -> Refused | None:
    """Write down how a counted try ended."""
    now = world.clock.now()
    state = replace(_state_of(code), wrong_tries=code.wrong_tries - 1)
    judgement = judge_code(state, now, world.profile, matches=right)
    if judgement.verdict is CodeVerdict.ACCEPTED:
        code.state = "verified"
    elif judgement.verdict is CodeVerdict.VOID and code.state == "open":
        code.state = "void"  # not one that another try has just verified: pressing twice must do no harm
    refusal = judgement.refusal
    code_of_refusal = refusal.code if refusal else None
    record(
        session, f"code_{judgement.verdict}", now, user, actor=user.user_id if user else None, refusal=code_of_refusal
    )
    return None if refusal is None else Refused(refusal, at="code")


def _state_of(code: Code) -> CodeState:
    used = code.state in {"verified", "spent"}
    return CodeState(code.issued_at, code.wrong_tries, used=used, replaced=code.state == "void")
