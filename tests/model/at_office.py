"""What the master does for general users (USR), everybody for the own password (PWD), the labour bank for all (ROK)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from simulator.services import bank, passwords, users
from simulator.services.refusal import Refused
from tests.model.compared import PICKS, ComparedMachine, one_of, typed
from tests.model.standing_model import INITIAL_PASSWORDS

NUMBERS = st.sampled_from([*INITIAL_PASSWORDS])
GENERAL_IDS = st.sampled_from(["ippan01", "ippan02"])
NEW_PASSWORDS = st.sampled_from(["Neko#111", "Inu-2222"])
TEMPORARY, NEW_INITIAL, NEW_ADDRESS = "Kari-999", "Atara#22", "new@sample.co.jp"
Work = tuple[Callable[[], object], Callable[[], str]]
MASTERS_WORK = st.sampled_from(["仮パスワードを設定", "ロック・閉塞を解除", "削除", "アドレスを変更"])
BANKS_WORK = st.sampled_from(
    ["初期化", "初期パスワードを届出", "マスターユーザーを解除", "初期登録を解除", "失効", "失効"]
)


class AtOffice(ComparedMachine):
    """Rules about the verbs behind user management and the bank's office."""

    @precondition(lambda self: self.model.people)
    @rule(by=PICKS, user_id=GENERAL_IDS, many=st.sampled_from([1, 1, 1, 10, 11]))
    def register_general(self, by: int, user_id: str, many: int) -> None:
        """One general user, or so many that the last are refused (USR-01)."""
        self._register_general(self._manager(by), user_id)
        for number in range(1, many):
            self._register_general(self._manager(by), f"ooi{number:03d}")

    @precondition(lambda self: self.model.people)
    @rule(work=MASTERS_WORK, by=PICKS, person=PICKS)
    def manage(self, work: str, by: int, person: int) -> None:
        """The master, or somebody who is none, does something about a user."""
        who, whom = self._manager(by), one_of([*self.model.people][::-1], person)
        world, model = self.bench.simulator.world, self.model
        to = (world, who, whom)
        works: dict[str, Work] = {
            "仮パスワードを設定": (
                partial(users.set_temporary_password, *to, TEMPORARY),
                partial(model.set_temporary_password, who, whom, TEMPORARY),
            ),
            "ロック・閉塞を解除": (partial(users.release_general_user, *to), partial(model.release_general, who, whom)),
            "削除": (partial(users.delete_general_user, *to), partial(model.delete_general, who, whom)),
            "アドレスを変更": (
                partial(users.change_user, *to, user_name="労金　花子", mail_address=NEW_ADDRESS),
                partial(model.change_address, who, whom, NEW_ADDRESS),
            ),
        }
        self.office(f"{who}: {whom}について{work}", *works[work])

    @precondition(lambda self: self.model.people)
    @rule(person=PICKS, new=NEW_PASSWORDS, right=st.sampled_from([True, True, False]))
    def change_password(self, person: int, new: str, right: bool) -> None:  # noqa: FBT001
        who = one_of([*self.model.people], person)
        current, manner = typed(self.model.people[who].password, right=right)
        verb = partial(passwords.change_password, self.bench.simulator.world, who, current, new)
        said = partial(self.model.change_password, who, current, new)
        self.office(f"{who}: パスワード（{manner}）を{new}に変更", verb, said)

    @precondition(lambda self: self.model.people)
    @rule(work=BANKS_WORK, person=PICKS)
    def ask_the_bank(self, work: str, person: int) -> None:
        """The labour bank does something about a user or the user's contract."""
        who = one_of([*self.model.people.values()], person)
        world, model, number = self.bench.simulator.world, self.model, who.contract
        works: dict[str, Work] = {
            "失効": (
                partial(bank.revoke_certificates, world, who.user_id, "PC変更"),
                partial(model.revoke, who.user_id),
            ),
            "初期化": (partial(bank.initialise_master, world, number), partial(model.initialise_master, number)),
            "マスターユーザーを解除": (
                partial(bank.release_master, world, number),
                partial(model.release_master, number),
            ),
            "初期登録を解除": (partial(bank.release_contract, world, number), partial(model.release_contract, number)),
            "初期パスワードを届出": (
                partial(bank.file_initial_password, world, number, NEW_INITIAL),
                partial(model.file_initial_password, number, NEW_INITIAL),
            ),
        }
        self.office(f"労金: 契約{number}（{who.user_id}）について{work}", *works[work])

    def revoke(self, user_id: str) -> None:
        """The labour bank revokes a user's certificates."""
        verb = partial(bank.revoke_certificates, self.bench.simulator.world, user_id, "PC変更")
        self.office(f"労金: {user_id}の電子証明書を失効", verb, partial(self.model.revoke, user_id))

    def office(self, line: str, verb: Callable[[], object], said: Callable[[], str]) -> None:
        """Call a verb of the simulator; it is refused exactly where the model says."""
        code = ""
        try:
            verb()
        except Refused as refusal:
            code = refusal.message.code
        expected = said()
        self.pages[f"（操作） {expected or '完了'}"] += 1
        self.tell(f"{line} → {code or '完了'}")
        self._same("操作の結果", code, expected)
        self.agree()

    def _manager(self, pick: int) -> str:
        """Mostly a master, sometimes anybody."""
        masters = [person.user_id for person in self.model.people.values() if person.is_master]
        return one_of([*masters, *masters, *self.model.people], pick)

    def _register_general(self, by: str, user_id: str) -> None:
        address = f"{user_id}@sample.co.jp"
        entry = users.GeneralUserEntry(user_id, TEMPORARY, "労金　花子", address)
        verb = partial(users.register_general_user, self.bench.simulator.world, by, entry)
        said = partial(self.model.register_general, by, user_id, TEMPORARY, address)
        self.office(f"{by}: 一般ユーザー{user_id}を登録", verb, said)
