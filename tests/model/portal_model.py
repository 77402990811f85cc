"""What the portal shows for each thing a visitor does, by the rules of `rules_model`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.model.rules_model import IDLE, Certificate, Code, Person, Tally
from tests.model.standing_model import PASSWORDS, StandingModel

GATE_CODES = {
    "initial_login": {"wrong": "E2001", "locked": "E2002", "blocked": "E2003"},
    "user_authentication": {"wrong": "E2101", "locked": "E2102", "blocked": "E2103"},
    "login": {"wrong": "E3101", "locked": "E3102", "blocked": "E3103"},
    "password_change": {"wrong": "E4101", "locked": "E3102", "blocked": "E3103"},
}
CODE_CODES = {"wrong": "E2201", "expired": "E2202", "void": "E2203"}


@dataclass(frozen=True)
class Page:
    """A page: which screen, the codes of its messages, and texts that have to be on it."""

    screen: str
    codes: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()


STALE = Page("operation_error", ("E9001",))
CUT, NEWER_LOGIN, UNUSABLE = "E9002", "E9008", "E9009"


@dataclass
class Window:
    """A browser window: the certificate it was opened with, and how far its visitor has come."""

    certificate: Certificate | None = None
    contract: str | None = None
    code: Code | None = None
    verified: bool = False
    user_id: str | None = None
    seen_at: datetime | None = None
    ended: str = ""
    login_shown: bool = False

    def begin(self, **progress: object) -> None:
        """Whatever was achieved in this window is over, and only this has been achieved."""
        vars(self).update(contract=None, code=None, verified=False, user_id=None, ended="", login_shown=False)
        vars(self).update(progress)

    def leave_issuing(self) -> None:
        """Go back to where no code was asked for."""
        self.code, self.verified = None, False

    def is_idle(self, now: datetime) -> bool:
        return self.seen_at is not None and now - self.seen_at >= IDLE

    def visit(self, now: datetime) -> None:
        """Ask for any page: an idle login has ended, any other one goes on from here."""
        if self.user_id is None:
            return
        if self.is_idle(now):
            self.begin(ended=CUT)
        self.seen_at = now


class PortalModel(StandingModel):
    """The portal's pages; `signed_in` are the windows with a login that may still go on."""

    signed_in: list[Window]

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.signed_in = []

    def initial_login(self, window: Window, number: str, password: str) -> Page:
        """MRG-04, MRG-10 to MRG-12, ambiguity 25."""
        window.visit(self.now)
        window.contract, window.ended = None, ""
        contract = self.contracts.get(number)
        if contract is None:
            return Page("initial_login", ("E2001",))
        right = password == contract.initial_password
        refusal = self.gate("initial_login", contract.tally, number, right=right)
        if refusal is not None:
            return Page("initial_login", (refusal,))
        if self.master_of(number):
            return Page("initial_login", ("E2004",))
        self.events.append(("initial_login_passed", number))
        window.begin(contract=number)
        return Page("master_registration")

    def register(self, window: Window, user_id: str, address: str) -> Page:
        """MRG-02, MRG-26, MRG-27."""
        window.visit(self.now)
        number = window.contract
        if number is None:
            return STALE
        if self.master_of(number):
            return Page("master_registration", ("E2004",))
        if user_id in self.people:
            return Page("master_registration", ("E1003",))
        person = Person(user_id, number, PASSWORDS[user_id], address, is_master=True, password_set_at=self.now)
        self.people[user_id] = person
        self.events.append(("master_registered", user_id))
        self.mail(person, "registered")
        window.begin()
        return Page("registration_result", shows=(user_id, address))

    def authenticate(self, window: Window, user_id: str, password: str) -> Page:
        """CRT-13 to CRT-18; whoever reads the mail adds the digits of the code."""
        window.visit(self.now)
        window.leave_issuing()
        window.ended = ""
        person = self.people.get(user_id)
        if person is None:
            return Page("user_authentication", ("E2101",))
        refusal = self.person_gate("user_authentication", person, password)
        if refusal is not None:
            return Page("user_authentication", (refusal,))
        if person.holds_one(self.now):
            return Page("user_authentication", ("E2104",))
        if person.code:
            person.code.dead = True
        person.code = Code(user_id, "", self.now)
        self.codes.append(person.code)
        self.events.append(("code_issued", user_id))
        self.mail(person, "code")
        window.begin(code=person.code)
        return Page("code_entry")

    def enter_code(self, window: Window, digits: str) -> Page:
        """CRT-20, CRT-24, ambiguity 3."""
        window.visit(self.now)
        code = window.code
        if code is None:
            return STALE
        outcome, _, tried = code.enter(digits, self.now).partition(", ")
        if tried or outcome in {"accepted", "wrong"}:
            self.events.append((f"code_{outcome}", code.user_id))
        if outcome == "accepted":
            window.begin(code=code, verified=True)
            return Page("certificate_issue", shows=(code.user_id,))
        return Page("code_entry", (CODE_CODES[outcome],))

    def issue(self, window: Window) -> Page:
        """CRT-27 to CRT-35: a code allows one certificate, sealed with the password valid now (ambiguity 11)."""
        window.visit(self.now)
        code = window.code
        if code is None or not window.verified or code.user_id not in self.people:
            return STALE
        window.leave_issuing()
        if code.dead:
            return STALE
        code.dead = True
        person = self.people[code.user_id]
        certificate = Certificate(person.user_id, person.password, self.now)
        person.certificates.append(certificate)
        self.certificates.append(certificate)
        self.events.append(("certificate_issued", code.user_id))
        self.mail(person, "certificate_issued")
        return Page("certificate_result", shows=(certificate.name, certificate.file_name))

    def show_login(self, window: Window) -> Page:
        """LGN-02 to LGN-04: a bad certificate never reaches the password field."""
        refusal = self.judge(window.certificate)
        window.login_shown = refusal is None
        if refusal is None and window.certificate is not None:
            return Page("login", shows=(window.certificate.user_id, window.certificate.name))
        return Page("certificate_error", (refusal or "",))

    def enter_password(self, window: Window, password: str) -> Page:
        """LGN-05, LGN-10 to LGN-13."""
        certificate = window.certificate
        if certificate is None or self.judge(certificate):
            return self.show_login(window)
        person = self.people[certificate.user_id]
        refusal = self.person_gate("login", person, password)
        if refusal is not None:
            return Page("login", (refusal,))
        self.events.append(("logged_in", person.user_id))
        for other in self.signed_in:
            if other.user_id == person.user_id:
                other.begin(ended=CUT if other.is_idle(self.now) else NEWER_LOGIN)
        window.begin(user_id=person.user_id, seen_at=self.now)
        self.signed_in.append(window)
        due = person.change_due(self.now)
        # The message of an expired password stands over the login screen (PWD-10).
        return Page("login" if due == "password_change_expired" else due or "information")

    def look(self, window: Window) -> Page:
        """Open the top page after login.

        Why a login has ended is told once: idle, a newer login of the same user, or its user or certificate went bad.
        """
        window.visit(self.now)
        if window.user_id is None:
            reason, window.ended = window.ended or CUT, ""
            return Page("operation_error", (reason,))
        person = self.people.get(window.user_id)
        if person is None or person.tally.blocked or self.judge(window.certificate):
            window.begin()
            return Page("operation_error", (UNUSABLE,))
        return Page(person.change_due(self.now) or "information")

    def log_out(self, window: Window) -> Page:
        """LGO-01, LGO-02."""
        self.events.append(("logged_out", window.user_id or ""))
        window.begin()
        return Page("login_top")

    def person_gate(self, gate: str, person: Person, password: str) -> str | None:
        """Ask a user for the password; a lock or block is told by mail (ML-04, ML-05)."""
        before = person.tally.locks
        refusal = self.gate(gate, person.tally, person.user_id, right=password == person.password)
        if person.tally.locks > before:
            self.mail(person, "blocked" if person.tally.blocked else "locked")
        return refusal

    def gate(self, gate: str, tally: Tally, subject: str, *, right: bool) -> str | None:
        """The code with which a gate refuses; None when it lets somebody pass."""
        outcome = tally.try_password(self.now, right=right)
        if outcome == "passed":
            return None
        if not outcome.startswith("refused"):
            self.events.append(("wrong_secret" if outcome == "wrong" else outcome, subject))
        return GATE_CODES[gate][outcome.removeprefix("refused ")]
