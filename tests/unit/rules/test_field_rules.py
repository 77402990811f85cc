import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.rules import check_field, check_match, field_rules, is_full_width, is_half_width, load_profile

PROFILE = load_profile()
RULES = field_rules(PROFILE)
FULL_NAME_CHARACTERS = "あカ漢ａＡ１！々〆ヴ゛ー～−①αЖ±…※髙𠮷"
FOUR_KINDS = "Aa1!"


def code_of(rule: str, value: str) -> str | None:
    refusal = check_field(RULES[rule], "項目", value)
    return refusal.message.code if refusal else None


def text_of(rule: str, label: str, value: str) -> str:
    refusal = check_field(RULES[rule], label, value)
    assert refusal is not None
    assert refusal.field == label
    return refusal.message.text


def test_there_is_a_rule_for_every_kind_of_field() -> None:
    assert set(RULES) == {
        "contract_number",
        "initial_password",
        "user_id",
        "password",
        "user_name",
        "mail_address",
        "code",
        "worker_number",
        "worker_name",
        "branch_name",
        "day",
        "choice",
        "worker_kana",
        "amount",
        "payer_name",
    }


@pytest.mark.parametrize(
    ("rule", "description"),
    [
        ("contract_number", "半角数字8桁"),
        ("initial_password", "半角英大文字・英小文字・数字・記号混在の8桁"),
        ("user_id", "半角英字・数字混在の6～12桁"),
        ("password", "半角英大文字・英小文字・数字・記号混在の8～12桁"),
        ("user_name", "全角20文字以内"),
        ("mail_address", "半角英数字50桁以内"),
        ("code", "半角数字6桁"),
        ("worker_number", "半角数字10桁以内"),
        ("worker_name", "全角20文字以内"),
        ("branch_name", "全角20文字以内"),
        ("choice", "一覧から選択"),
    ],
)
def test_a_rule_describes_itself_with_the_values_of_the_profile(rule: str, description: str) -> None:
    assert RULES[rule].description == description


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_field_is_required(rule: str) -> None:
    assert code_of(rule, "") == "E1001"


@pytest.mark.parametrize(
    ("rule", "value", "code"),
    [
        ("contract_number", "1000000", "E1002"),
        ("contract_number", "10000001", None),
        ("contract_number", "100000011", "E1002"),
        ("code", "12345", "E1002"),
        ("code", "000000", None),
        ("code", "1234567", "E1002"),
        ("initial_password", "Rokin#1", "E1002"),
        ("initial_password", "Rokin#01", None),
        ("initial_password", "Rokin#001", "E1002"),
        ("user_id", "user1", "E1002"),
        ("user_id", "user12", None),
        ("user_id", "sampleusr123", None),
        ("user_id", "sampleusr1234", "E1002"),
        ("password", "Passw#1", "E1002"),
        ("password", "Passw#12", None),
        ("password", "Password#123", None),
        ("password", "Password#1234", "E1002"),
        ("user_name", "労", None),
        ("user_name", "労" * 20, None),
        ("user_name", "労" * 21, "E1002"),
        ("mail_address", "a" * 38 + "@example.com", None),
        ("mail_address", "a" * 39 + "@example.com", "E1002"),
    ],
)
def test_lengths_hold_on_both_sides_of_each_limit(rule: str, value: str, code: str | None) -> None:
    assert code_of(rule, value) == code


@pytest.mark.parametrize("rule", ["contract_number", "code"])
@pytest.mark.parametrize("wrong", ["１", "a", "-", " ", "²", "٣", "一", "ｱ"])
def test_only_half_width_digits_are_digits(rule: str, wrong: str) -> None:
    digits = RULES[rule].maximum
    assert code_of(rule, wrong + "0" * (digits - 1)) == "E1006"


@pytest.mark.parametrize(
    ("value", "missing"),
    [("abcdefgh", "半角数字"), ("12345678", "半角英字")],
)
def test_a_user_id_without_letters_or_digits_is_told_which_are_missing(value: str, missing: str) -> None:
    assert code_of("user_id", value) == "E1004"
    assert f"{missing}が含まれていません" in text_of("user_id", "ユーザーID", value)


@pytest.mark.parametrize("wrong", [*string.punctuation, " ", "ａ", "１", "ｱ", "é", "あ"])
def test_a_user_id_takes_nothing_but_half_width_letters_and_digits(wrong: str) -> None:
    assert code_of("user_id", f"user1{wrong}2") == "E1006"


@pytest.mark.parametrize(
    ("value", "missing"),
    [
        ("password#1", "半角英大文字"),
        ("PASSWORD#1", "半角英小文字"),
        ("Password##", "半角数字"),
        ("Password01", "半角記号"),
        ("password", "半角英大文字・半角数字・半角記号"),
    ],
)
def test_a_password_is_told_every_missing_kind(value: str, missing: str) -> None:
    assert code_of("password", value) == "E1004"
    assert text_of("password", "パスワード", value).startswith(f"パスワードに{missing}が含まれていません")


@pytest.mark.parametrize("symbol", string.punctuation)
def test_every_ascii_symbol_may_stand_in_a_password(symbol: str) -> None:
    assert code_of("password", f"Passwd1{symbol}") is None


@pytest.mark.parametrize("wrong", [" ", "\t", "\x7f", "　", "！", "Ａ", "ｶ", "¥", "é"])
def test_a_password_takes_neither_spaces_nor_anything_outside_ascii(wrong: str) -> None:
    assert code_of("password", f"Passwd#1{wrong}") == "E1006"


def test_a_password_is_never_quoted_back() -> None:
    text = text_of("password", "パスワード", "Passwd#1漢")
    assert "9文字目（全角文字）" in text
    assert "漢" not in text


@pytest.mark.parametrize("character", FULL_NAME_CHARACTERS)
def test_a_user_name_takes_full_width_wide_and_ambiguous_characters(character: str) -> None:
    assert is_full_width(character)
    assert code_of("user_name", character) is None


@pytest.mark.parametrize("character", "aA1! ﾛﾞｰ｡ñ₩")
def test_a_user_name_refuses_half_width_characters_katakana_included(character: str) -> None:
    assert is_half_width(character)
    assert code_of("user_name", f"労金{character}太郎") == "E1006"


@pytest.mark.parametrize("mark", ["\u3099", "\u309a", "\u0301", "\u200d"])
def test_a_mark_that_no_letter_takes_is_refused(mark: str) -> None:
    assert code_of("user_name", f"労金あ{mark}") == "E1006"


def test_the_selectors_of_variants_are_neither_counted_nor_refused() -> None:
    variant = "葛\U000e0100"
    assert code_of("user_name", variant * 20) is None
    assert code_of("user_name", variant * 20 + "城") == "E1002"
    assert "2文字目「a」" in text_of("user_name", "ユーザー名", f"{variant}a")
    assert code_of("worker_kana", "ア\ufe00") == "E1006"


def test_emoji_follow_their_width_too() -> None:
    assert code_of("user_name", "労金😀") is None
    assert code_of("user_name", "😀" * 20) is None
    assert code_of("user_name", "😀" * 21) == "E1002"
    assert code_of("user_name", "👨\u200d👩") == "E1006"  # the joiner is half-width
    assert code_of("user_name", "❤") == "E1006"


@pytest.mark.parametrize("character", ["\u00ad", "\ue000", "\U0003fffd", "\ufffe"])
def test_a_user_name_refuses_what_nobody_can_read(character: str) -> None:
    assert code_of("user_name", f"労金{character}") == "E1006"


@pytest.mark.parametrize("rule", ["user_name", "worker_name", "worker_kana", "branch_name", "payer_name"])
@pytest.mark.parametrize("blanks", ["　", "　　"])
def test_blanks_alone_are_no_text(rule: str, blanks: str) -> None:
    assert code_of(rule, blanks) == "E1001"
    assert code_of(rule, f"ア{blanks}") is None


def test_letters_that_draw_nothing_are_blanks_too() -> None:
    assert code_of("user_name", "\u3164　\u3164") == "E1001"


def test_what_jis_has_is_full_width() -> None:
    assert is_full_width("−")
    assert code_of("payer_name", "ロウキン−１") is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("労金ﾀﾛｳ", "3文字目「ﾀ」（半角文字）"),
        ("労金 太郎", "3文字目（半角スペース）"),
        ("労金\t太郎", "3文字目（タブ）"),
        ("労金\u200d太郎", "3文字目（U+200D）"),
        ("労金\u05b0太郎", "3文字目（U+05B0）"),
    ],
)
def test_the_first_character_of_the_wrong_width_is_named(value: str, shown: str) -> None:
    assert shown in text_of("user_name", "ユーザー名", value)


@pytest.mark.parametrize(
    "value",
    ["a@b.jp", "samplemail@sample.co.jp", "first.last+tag@sub-domain.example.com", "o'neil_1@1.example", "A@B.COM"],
)
def test_a_mail_address_in_address_syntax_is_taken(value: str) -> None:
    assert code_of("mail_address", value) is None


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "@example.com",
        "a@",
        "a@localhost",
        "a@@example.com",
        "a@b@example.com",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "a@.example.com",
        "a@example..com",
        "a@example.com.",
        "a@-example.com",
        "a@example-.com",
        "a@192.0.2.1",
        "a@exam_ple.com",
        '"a"@example.com',
        "a,b@example.com",
    ],
)
def test_anything_else_is_no_mail_address(value: str) -> None:
    assert code_of("mail_address", value) == "E1007"


@pytest.mark.parametrize("value", ["a b@example.com", " a@example.com", "a@example.com ", "ａ@example.com", "a＠b.jp"])
def test_a_mail_address_is_half_width_and_never_trimmed(value: str) -> None:
    assert code_of("mail_address", value) == "E1006"


def test_characters_are_judged_before_the_length_and_the_length_before_the_kinds() -> None:
    assert code_of("user_id", "あ" * 13) == "E1006"
    assert code_of("user_id", "a" * 13) == "E1002"
    assert code_of("mail_address", "a" * 51) == "E1002"


def test_a_re_entry_has_to_be_the_same_to_the_letter() -> None:
    assert check_match("パスワード", "パスワード再入力", "Passwd#1", "Passwd#1") is None
    refusal = check_match("パスワード", "パスワード再入力", "Passwd#1", "passwd#1")
    assert refusal is not None
    assert (refusal.field, refusal.message.code) == ("パスワード再入力", "E1005")
    assert refusal.message.text.startswith("パスワードとパスワード再入力が一致しません")


def test_composed_and_decomposed_kana_do_not_match() -> None:
    assert check_match("項目", "項目再入力", "が", "か\u3099") is not None


@given(st.text(max_size=60))
def test_any_input_is_judged_without_breaking(value: str) -> None:
    for name, rule in RULES.items():
        refusal = check_field(rule, name, value)
        assert refusal is None or refusal.message.text.startswith(name)


@given(st.characters())
def test_every_character_is_either_half_or_full_width(character: str) -> None:
    assert is_half_width(character) != is_full_width(character)


@given(st.text(alphabet=string.ascii_letters + string.digits + string.punctuation, min_size=4, max_size=8))
def test_a_password_of_all_four_kinds_is_taken(rest: str) -> None:
    assert code_of("password", FOUR_KINDS + rest) is None
