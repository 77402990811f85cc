import re
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.rules import ProfileError, load_profile
from simulator.rules.profile import DEFAULT_PROFILE

PROFILE = load_profile()
CLAUSES = Path(__file__).parents[3] / "features" / "clauses.yaml"
SAVINGS = {
    "savings_limit_yen",
    "savings_warning_percent",
    "savings_interest_basis_points",
    "summer_bonus_month",
    "winter_bonus_month",
    "subsidy_percent",
    "receipt_day",
    "generations_kept",
    "list_page_lines",
    "worker_number_maximum",
    "worker_name_maximum",
    "branch_name_maximum",
}
DETAIL_CHANGE = {
    "worker_kana_maximum",
    "amount_digits",
    "deposit_step_yen",
    "monthly_minimum_yen",
    "monthly_maximum_yen",
    "bonus_maximum_yen",
    "declared_step_yen",
}
DEDUCTIONS = {"transfer_days_ahead", "payer_name_maximum"}


def test_the_values_are_those_of_the_manuals() -> None:
    assert (PROFILE.user_id_minimum, PROFILE.user_id_maximum) == (6, 12)
    assert (PROFILE.password_minimum, PROFILE.password_maximum) == (8, 12)
    assert (PROFILE.opens_at, PROFILE.closes_at) == (time(8), time(20))
    assert PROFILE.closed_days == ("12-31", "01-01", "01-02", "01-03")
    assert (PROFILE.help_desk_opens_at, PROFILE.help_desk_closes_at) == (time(9), time(18))
    assert PROFILE.help_desk_phone == "0120-609-575"
    assert PROFILE.operating_systems == ("Windows 10 Home", "Windows 10 Pro", "Windows 11 Home", "Windows 11 Pro")
    assert PROFILE.browsers == ("Microsoft Edge", "Microsoft Edge（IE モード）")
    assert PROFILE.free_disk_megabytes == 500
    assert PROFILE.certificate_fixed_text == "ROKIN Koujyo Web System"


def test_every_value_tells_its_clauses_or_is_marked_as_assumed() -> None:
    assert all(setting.clauses or setting.assumed for setting in PROFILE.settings.values())
    assert all(setting.note for setting in PROFILE.settings.values())
    assert all(getattr(PROFILE, name) == setting.value for name, setting in PROFILE.settings.items())


def test_the_values_the_manuals_leave_open_are_marked_as_assumed() -> None:
    assumed = {name for name, setting in PROFILE.settings.items() if setting.assumed}
    assert assumed == {
        "code_tries",
        "certificate_days",
        "daily_batch_at",
        "password_days",
        "session_idle_minutes",
        "newer_login_ends_older",
        *SAVINGS,
        *DETAIL_CHANGE,
        *DEDUCTIONS,
    }


def test_every_clause_named_is_in_the_catalogue() -> None:
    catalogue: dict[str, Any] = yaml.safe_load(CLAUSES.read_text(encoding="utf-8"))
    known = {clause["id"] for clause in catalogue["clauses"]}
    named = {clause for setting in PROFILE.settings.values() for clause in setting.clauses}
    assert named <= known


def test_profiles_are_values() -> None:
    assert load_profile() == PROFILE
    assert hash(load_profile()) == hash(PROFILE)


def test_one_changed_line_changes_the_profile(tmp_path: Path) -> None:
    assert load_profile(changed(tmp_path, "lock_minutes", "value = 60", "value = 45")).lock_minutes == 45


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("lock_minutes", "[lock_minutes]", "[lock_minuets]", "値がありません: lock_minutes"),
        ("lock_minutes", "[lock_minutes]", "[more]\nvalue = 1\n[lock_minutes]", "知らない値です: more"),
        ("lock_minutes", "value = 60", 'value = "60"', "int ではありません"),
        ("lock_minutes", "value = 60", "value = true", "int ではありません"),
        ("lock_minutes", "value = 60", "value = 60.0", "int ではありません"),
        ("newer_login_ends_older", "value = true", "value = 1", "bool ではありません"),
        ("lock_minutes", "value = 60", "value = 0", "小さすぎる"),
        ("lock_minutes", "value = 60", "", "lock_minutes の項目がありません: value"),
        ("lock_minutes", "value = 60", "value = 60\nunit = 1", "知らないlock_minutes の項目です: unit"),
        ("lock_minutes", "assumed = false", 'assumed = "no"', "assumed は true か false"),
        ("lock_minutes", '"MRG-10"', '"MRG10"', "条項の番号が正しくありません: MRG10"),
        ("lock_minutes", '"MRG-10"', "10", "文字列の並び"),
        ("user_id_minimum", "value = 6", "value = 13", "user_id_minimum が user_id_maximum より大きく"),
        ("opens_at", "value = 08:00:00", "value = 20:00:00", "closes_at より前"),
        ("opens_at", "value = 08:00:00", 'value = "8:00"', "time ではありません"),
        ("closed_days", '"12-31"', '"12-32"', "12-32 は月-日ではありません"),
        ("closed_days", 'value = ["12-31", "01-01", "01-02", "01-03"]', 'value = "12-31"', "文字列の並び"),
        ("help_desk_opens_at", "value = 09:00:00", "value = 18:00:00", "help_desk_closes_at より前"),
        ("help_desk_closed_days", '"12-31"', '"12-32"', "help_desk_closed_days の 12-32 は月-日ではありません"),
        ("mail_sender", 'value = "info-kinki@cjs-rokin.jp"', 'value = ""', "空です"),
        ("winter_bonus_month", "value = 12", "value = 13", "winter_bonus_month は 12 以下"),
        ("receipt_day", "value = 10", "value = 29", "receipt_day は 28 以下"),
        ("mail_sender", "[mail_sender]", "[mail_sender", "読めません"),
    ],
)
def test_a_faulty_profile_is_refused_with_its_fault(
    tmp_path: Path, name: str, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(ProfileError, match=re.escape(complaint)):
        load_profile(changed(tmp_path, name, old, new))


def test_a_bare_value_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "profile.toml"
    text = DEFAULT_PROFILE.read_text(encoding="utf-8")
    source.write_text("lock_minutes = 60\n" + text.replace("[lock_minutes]", "[other]"), encoding="utf-8")
    with pytest.raises(ProfileError):
        load_profile(source)


def test_an_unreadable_profile_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="読めません"):
        load_profile(tmp_path / "none.toml")


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """A copy of the profile in which the first `old` from the table `name` on is `new`."""
    before, table, after = DEFAULT_PROFILE.read_text(encoding="utf-8").partition(f"[{name}]")
    assert old in table + after
    copy = folder / "profile.toml"
    copy.write_text(before + (table + after).replace(old, new, 1), encoding="utf-8")
    return copy
