"""What the model knows of the whole portal, and what time alone brings about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.model.rules_model import PASSWORD_LASTS, SECOND, Certificate, Code, Person, Tally

MASTERS = {"10000001": "master01", "20000001": "kaiin001"}
INITIAL_PASSWORDS = {"10000001": "Rokin#01", "20000001": "Kaiin#01"}
PASSWORDS = {"master01": "Abcd#123", "kaiin001": "Efgh#456"}
WRONG = "Wrong#99"


@dataclass
class Contract:
    """A contracting party."""

    initial_password: str
    tally: Tally = field(default_factory=Tally)


@dataclass
class StandingModel:
    """Everybody and everything, as small as it can be."""

    now: datetime
    contracts: dict[str, Contract] = field(
        default_factory=lambda: {number: Contract(password) for number, password in INITIAL_PASSWORDS.items()}
    )
    people: dict[str, Person] = field(default_factory=dict)
    codes: list[Code] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    mails: Counter[tuple[str, str]] = field(default_factory=Counter)
    events: list[tuple[str, str]] = field(default_factory=list)

    def advance(self, span: timedelta) -> list[tuple[datetime, str, str]]:
        """Let time pass; what falls due on the way, in order."""
        start, self.now = self.now, self.now + span
        due = sorted(event for event in self._due() if start < event[0] <= self.now)
        for _, kind, subject in due:
            if kind.endswith("_mail"):
                self.mail(self.people[subject.split()[0]], kind.removesuffix("_mail"))
        return due

    def moments(self) -> list[datetime]:
        """The moments still to come at which something changes."""
        return sorted({at for at, _, _ in self._due() if at > self.now + SECOND})

    def people_seen(self) -> dict[str, tuple[object, ...]]:
        """What the office can see of every user."""
        return {
            user_id: (p.tally.seen(self.now), p.contract, p.is_master, p.address, p.temporary)
            for user_id, p in self.people.items()
        }

    def contracts_seen(self) -> dict[str, object]:
        """What the office can see of every contract."""
        return {number: contract.tally.seen(self.now) for number, contract in self.contracts.items()}

    def master_of(self, number: str) -> Person | None:
        return next((p for p in self.people.values() if p.contract == number and p.is_master), None)

    def generals_of(self, number: str) -> list[Person]:
        return [p for p in self.people.values() if p.contract == number and not p.is_master]

    def mail(self, person: Person, kind: str, address: str = "") -> None:
        """A mail goes out, and the audit trail says so."""
        self.mails[address or person.address, kind] += 1
        self.events.append(("mail_sent", person.user_id))

    def judge(self, certificate: Certificate | None) -> str | None:
        """Why a certificate does not lead to the login (LGN-02, LGN-03); None when it does."""
        if certificate is None:
            return "E3001"
        if certificate.orphaned:
            return "E3006"
        if certificate.revoked:
            return "E3005"
        return "E3003" if self.now > certificate.expires_at else None

    def remove(self, person: Person) -> None:
        """Somebody is gone: certificates are revoked, codes dead, the id is free (ambiguities 12 and 13)."""
        self.revoke_all(person)
        for certificate in person.certificates:
            certificate.orphaned = True
        for code in self.codes:
            code.dead = code.dead or code.user_id == person.user_id
        del self.people[person.user_id]

    def revoke_all(self, person: Person) -> bool:
        """Revoke what is in force, expired or not; whether there was any."""
        held = [certificate for certificate in person.certificates if not certificate.revoked]
        for certificate in held:
            certificate.revoked = True
            self.events.append(("certificate_revoked", person.user_id))
        return bool(held)

    def _due(self) -> Iterator[tuple[datetime, str, str]]:
        for code in self.codes:
            if not (code.dead or code.verified):
                yield code.expires_at, "code_expired", code.user_id
        for certificate in self.certificates:
            if not (certificate.revoked or certificate.orphaned):
                yield certificate.renewal_opens_at, "renewal_opened", certificate.name
                yield certificate.expires_at, "certificate_expired", certificate.name
        for number, contract in self.contracts.items():
            if contract.tally.locked_until:
                yield contract.tally.locked_until, "lock_ended", number
        for person in self.people.values():
            yield from _due_for(person)


def _due_for(person: Person) -> Iterator[tuple[datetime, str, str]]:
    if person.tally.locked_until:
        yield person.tally.locked_until, "lock_ended", person.user_id
    if not person.temporary:
        yield person.password_set_at + PASSWORD_LASTS, "password_expired", person.user_id
    if person.newest:
        for kind, at in person.newest.mails.items():
            yield at, f"{kind}_mail", person.newest.name
