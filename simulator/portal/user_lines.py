"""What the screens of contract users say of a user; every word comes from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.services.gate import standing_of
from simulator.services.users import ContractUser
from simulator.store import Certificate, User


@dataclass(frozen=True)
class UserLine:
    """A contract user in words.

    Attributes:
        is_closed: whether a lock or block is there to lift.
    """

    user_id: str
    name: str
    mail_address: str
    role: str
    state: str
    password: str
    certificate: str
    is_master: bool
    is_closed: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """Everything, in the order of the list's columns."""
        return (self.user_id, self.name, self.mail_address, *self.facts)

    @property
    def facts(self) -> tuple[str, ...]:
        """What nobody types: role, state, password, certificate."""
        return (self.role, self.state, self.password, self.certificate)


def line_of(words: Mapping[str, str], found: ContractUser, now: datetime) -> UserLine:
    """A contract user in the catalogue's words, at this moment."""
    user = found.user
    return UserLine(
        user_id=user.user_id,
        name=user.name,
        mail_address=user.mail_address,
        role=words["master" if user.is_master else "general"],
        state=_state(words, user, now),
        password=words["temporary" if user.password_is_temporary else "own"],
        certificate=_certificate(words, found.certificate, now),
        is_master=user.is_master,
        is_closed=standing_of(user).refuses(now),
    )


def _state(words: Mapping[str, str], user: User, now: datetime) -> str:
    if user.blocked:
        return words["blocked"]
    if standing_of(user).is_locked(now):
        return words["locked"].format(until=user.locked_until)
    return words["usable"]


def _certificate(words: Mapping[str, str], certificate: Certificate | None, now: datetime) -> str:
    if certificate is None:
        return words["no_certificate"]
    if now >= certificate.expires_at:
        return words["expired"]
    return words["valid"].format(until=certificate.expires_at)
