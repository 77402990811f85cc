import re
from datetime import date, datetime

import pytest

from simulator.rules import JAPAN, MESSAGES, Message, MessageError, load_messages, load_profile, message

NEEDED = [
    *(f"E100{digit}" for digit in range(1, 10)),
    *(f"E200{digit}" for digit in range(1, 5)),
    *(f"E210{digit}" for digit in range(1, 5)),
    *(f"E220{digit}" for digit in range(1, 4)),
    "E2301",
    *(f"E300{digit}" for digit in range(1, 7)),
    *(f"E310{digit}" for digit in range(1, 4)),
    *(f"E400{digit}" for digit in range(1, 6)),
    *(f"I400{digit}" for digit in range(1, 6)),
    *(f"E410{digit}" for digit in range(1, 3)),
    *(f"E420{digit}" for digit in range(1, 6)),
    *(f"E43{number:02}" for number in range(1, 17)),
    *(f"I430{digit}" for digit in range(1, 5)),
    *(f"E44{number:02}" for number in range(1, 12)),
    *(f"I440{digit}" for digit in range(1, 5)),
    *(f"E500{digit}" for digit in range(1, 10)),
    "E5010",
    *(f"E900{digit}" for digit in range(1, 10)),
    "E9010",
]
FROM_CALLERS = {"field", "again", "rule", "length", "missing", "position", "character", "opens_on", "number", "user_id"}
FROM_CALLERS |= {"month", "receipt", "user", "present", "step", "least", "most", "worker", "kind", "name"}
FROM_CALLERS |= {"limit", "declared", "left"}
FROM_CALLERS |= {"first", "last", "amount", "member"}


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\{([^{}]*)\}", text))


def test_every_message_in_use_is_listed() -> None:
    assert list(MESSAGES) == NEEDED


def test_only_the_two_attested_messages_are_not_assumed() -> None:
    assert [code for code, template in MESSAGES.items() if not template.assumed] == ["E1003", "E1005"]


@pytest.mark.parametrize("code", NEEDED)
def test_every_text_ends_with_what_to_do(code: str) -> None:
    template = MESSAGES[code]
    assert template.text.endswith("ください。")
    assert template.cause.endswith("。")
    assert template.remedy.endswith("。")


@pytest.mark.parametrize("code", NEEDED)
def test_only_what_callers_know_is_left_open(code: str) -> None:
    template = MESSAGES[code]
    assert names_in(template.text) <= FROM_CALLERS
    assert not names_in(template.cause) | names_in(template.remedy)


def test_a_message_carries_its_code_and_finished_text() -> None:
    assert message("E1001", field="ユーザーID") == Message("E1001", "ユーザーIDを入力してください。")


def test_values_of_the_profile_are_filled_in() -> None:
    assert f"{load_profile().lock_minutes}分" in message("E2102").text


def test_dates_are_written_in_japanese() -> None:
    assert "2027年3月5日から" in message("E2104", opens_on=date(2027, 3, 5)).text
    assert "2027年3月5日0時05分から" in message("E2104", opens_on=datetime(2027, 3, 5, 0, 5, tzinfo=JAPAN)).text


def test_braces_in_what_the_user_typed_stay_as_they_are() -> None:
    assert message("E1001", field="{code}").text == "{code}を入力してください。"


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(MessageError, match="opens_on"):
        message("E2104")


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(MessageError, match="E0000"):
        message("E0000")


def test_wrong_credentials_and_unknown_ids_cannot_be_told_apart() -> None:
    assert "ユーザーIDまたはパスワード" in MESSAGES["E2101"].text
    assert "契約番号または初期パスワード" in MESSAGES["E2001"].text


def test_the_list_can_be_read_for_another_profile() -> None:
    assert load_messages(load_profile()) == MESSAGES
