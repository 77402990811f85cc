"""The whole machine: people, the passing of time, and what only repetition brings about."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.model.at_issuing import AtIssuing
from tests.model.at_login import AtLogin
from tests.model.at_office import AtOffice
from tests.model.at_registration import NUMBERS, AtRegistration
from tests.model.compared import PICKS, WINDOWS, one_of

MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(minutes=60), timedelta(seconds=1)
IDLE = 30 * MINUTE
SPANS = st.sampled_from([MINUTE, 30 * MINUTE - SECOND, 30 * MINUTE, HOUR - SECOND, HOUR, timedelta(days=1)])
ROUNDS = st.sampled_from([1, 1, 2, 3])
GATES = st.sampled_from(["initial_login", "authenticate", "enter_password"])


class PortalMachine(AtRegistration, AtIssuing, AtLogin, AtOffice):
    """Everything a person can do, one rule each."""

    @initialize(stage=st.sampled_from(["", "certified", "certified", "certified", "registered"]))
    def begin(self, stage: str) -> None:
        """Begin with nobody, a registered master, or one with a certificate."""
        if stage:
            self.register_from_the_start("A", "10000001")
        if stage == "certified":
            self.obtain_certificate("A", 0)

    @rule(span=SPANS)
    def let_time_pass(self, span: timedelta) -> None:
        self.advance(span)

    @precondition(lambda self: self.model.moments())
    @rule(moment=PICKS, offset=st.sampled_from([0, 0, -1, 1]))
    def let_something_fall_due(self, moment: int, offset: int) -> None:
        """Go to a moment at which something changes, or a second to either side."""
        self.advance(one_of(self.model.moments(), moment) - self.model.now + offset * SECOND)

    @rule(name=WINDOWS, gate=GATES, who=PICKS, number=NUMBERS, rounds=ROUNDS, more=st.integers(-1, 1))
    def be_wrong_until_locked(self, name: str, gate: str, who: int, number: str, rounds: int, more: int) -> None:
        """Six times wrong, or once less or more; with rounds of it an hour apart."""
        for turn in range(rounds):
            if turn:
                self.advance(HOUR)
            for time in range(6 + (more if turn == rounds - 1 else 0)):
                self._be_wrong(name, gate, who, number, again=bool(time))

    @precondition(lambda self: self._good_certificates())
    @rule(certificate=PICKS, how=st.sampled_from(["閉塞", "失効", "放置"]))
    def lose_a_login(self, certificate: int, how: str) -> None:
        """Log in at A; while the login is open the user is blocked, the certificate revoked, or nothing done."""
        self.log_in("A", certificate)
        user_id = self.windows["A"][0].user_id
        if user_id is None:
            return
        if how == "閉塞":
            self._block_while_logged_in([*self.model.people].index(user_id))
        elif how == "失効":
            self.revoke(user_id)
        else:
            for span in (IDLE - SECOND, IDLE):
                self.advance(span)
                self.open_information("A")
        self.open_information("A")

    def _block_while_logged_in(self, who: int) -> None:
        for turn in range(3):
            for time in range(6):
                self._be_wrong("B", "authenticate", who, "", again=bool(time))
            for _ in range(3 if turn < 2 else 0):  # never idle, until the lock has ended
                self.advance(HOUR / 3)
                self.open_information("A")

    def _be_wrong(self, name: str, gate: str, who: int, number: str, *, again: bool) -> None:
        if gate == "initial_login":
            self._initial_login(name, number, right=False, again=again)
        elif gate == "authenticate" and self.model.people:
            person = one_of([*self.model.people.values()], who)
            self._authenticate(name, person.user_id, person.password, right=False, again=again)
        elif gate == "enter_password" and self._at_login():
            self.enter_password(who, right=False)
