"""What the master does for general users, and the labour bank for masters; each verb tells the code of its refusal."""

from __future__ import annotations

from tests.model.portal_model import CUT, Page, PortalModel, Window
from tests.model.rules_model import GENERAL_USERS, Person


class OfficeModel(PortalModel):
    """The verbs behind the pages of user management and behind the bank's office."""

    def register_general(self, by: str, user_id: str, password: str, address: str) -> str:
        """USR-01, USR-05; ambiguity 14 for the id."""
        master = self.people[by]
        if not master.is_master:
            return "E4004"
        if len(self.generals_of(master.contract)) >= GENERAL_USERS:
            return "E4001"
        if user_id in self.people:
            return "E1003"
        person = Person(user_id, master.contract, password, address, is_master=False, password_set_at=self.now)
        person.temporary = True
        self.people[user_id] = person
        self.events.append(("general_user_registered", user_id))
        self.mail(person, "general_registered")
        return ""

    def set_temporary_password(self, by: str, user_id: str, password: str) -> str:
        """USR-08, USR-09; lock and certificate stay (ambiguity 12)."""
        if refusal := self._may_manage(by, user_id):
            return refusal
        person = self.people[user_id]
        person.set_password(password, self.now, temporary=True)
        self.events.append(("temporary_password_set", user_id))
        self.mail(person, "temporary_password")
        return ""

    def release_general(self, by: str, user_id: str) -> str:
        """USR-10."""
        if refusal := self._may_manage(by, user_id):
            return refusal
        return self._release(self.people[user_id], "E4005", "user_released")

    def delete_general(self, by: str, user_id: str) -> str:
        """USR-11; ambiguity 12."""
        if refusal := self._may_manage(by, user_id):
            return refusal
        self.events.append(("user_deleted", user_id))
        self.remove(self.people[user_id])
        return ""

    def change_address(self, by: str, user_id: str, address: str) -> str:
        """USR-12: the master's own, too; both addresses are told."""
        refusal = self._may_manage(by, user_id)
        if refusal and refusal != "E4003":
            return refusal
        person = self.people[user_id]
        before, person.address = person.address, address
        self.events.append(("user_changed", user_id))
        if before != address:
            self.mail(person, "address_changed", before)
            self.mail(person, "address_changed")
        return ""

    def change_password(self, user_id: str, current: str, new: str) -> str:
        """PWD-08, PWD-16: the new one has to differ; wrong current ones count."""
        person = self.people[user_id]
        refusal = self.person_gate("password_change", person, current)
        if refusal is not None:
            return refusal
        if new == current:
            return "E4102"
        person.set_password(new, self.now, temporary=False)
        self.events.append(("password_changed", user_id))
        self.mail(person, "password_changed")
        return ""

    def change_password_at(self, window: Window, current: str, new: str) -> Page:
        """The same on the screen that is due, or from the menu: the user's other logins end."""
        seen = self.look(window)
        if window.user_id is None:
            return seen
        due = self.people[window.user_id].change_due(self.now)
        if refusal := self.change_password(window.user_id, current, new):
            return Page(due or "password_change", (refusal,))
        for other in self.signed_in:
            if other is not window and other.user_id == window.user_id:
                other.begin(ended=CUT)
        return Page("information" if due else "password_change_result")

    def revoke(self, user_id: str) -> str:
        """ROK-03, ROK-08, RNW-05."""
        return "" if self.revoke_all(self.people[user_id]) else "E5004"

    def initialise_master(self, number: str) -> str:
        """ROK-04, ROK-05, ROK-07; ambiguity 13."""
        master = self.master_of(number)
        if master is None:
            return "E5003"
        self.events.append(("master_initialised", master.user_id))
        self.remove(master)
        self.contracts[number].tally.lift()
        return ""

    def file_initial_password(self, number: str, password: str) -> str:
        """ROK-06."""
        self.contracts[number].initial_password = password
        self.contracts[number].tally.lift()
        self.events.append(("initial_password_filed", number))
        return ""

    def release_master(self, number: str) -> str:
        """ROK-09, LGN-15."""
        master = self.master_of(number)
        return "E5003" if master is None else self._release(master, "E5006", "master_released")

    def release_contract(self, number: str) -> str:
        """ROK-09, MRG-13."""
        tally = self.contracts[number].tally
        if tally.is_clear:
            return "E5006"
        tally.lift()
        self.events.append(("contract_released", number))
        return ""

    def _release(self, person: Person, nothing: str, event: str) -> str:
        if person.tally.is_clear:
            return nothing
        person.tally.lift()
        self.events.append((event, person.user_id))
        return ""

    def _may_manage(self, by: str, user_id: str) -> str:
        master = self.people[by]
        if not master.is_master:
            return "E4004"
        person = self.people.get(user_id)
        if person is None or person.contract != master.contract:
            return "E4002"
        return "E4003" if person.is_master else ""
