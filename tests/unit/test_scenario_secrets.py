"""What a scenario calls a password or code is known by what its sentences mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd.parser import FeatureParser

from fixtures.secrets import ScenarioSecrets, overhear
from fixtures.spoken_secrets import in_examples, in_sentence, in_table
from simulator.services.world import Passwords
from storyboard.masking import MASK
from storyboard.model import MailSeen, Scenario, Step, Touch
from tests.unit.reports.report_samples import TEN_O_CLOCK, make_scenario

TITLE = "パスワード「Titel#12」で入る"
FEATURE = f"""# language: ja
機能: 秘密
  シナリオ: {TITLE}
    前提 ユーザー「sample001」がいる
    もし 合言葉を「Wort#345」と決める
    かつ パスワード「z1」で入る
    かつ 次のとおり入力する
      | 項目       | 値        |
      | ユーザーID | general01 |
      | パスワード | Tafel#12  |
"""


@pytest.mark.parametrize(
    ("sentence", "secrets"),
    [
        ("「パスワード」に「Abcd#123」を入力する", ["Abcd#123"]),
        ("ユーザーID「sample001」とパスワード「Abcd#123」でユーザー認証を行う", ["Abcd#123"]),
        ("パスワードを「Abcd#123」から「Efgh#456」に変更する", ["Abcd#123", "Efgh#456"]),
        ("「パスワード」に「Wrong#999」を入力して「ログイン」ボタンを押すことを5回繰り返す", ["Wrong#999"]),
        ("「sample001@sample.co.jp」に届いた認証コードのメールに「918273」と書かれている", ["918273"]),
        ("合言葉は『ひみつのはな』である", ["ひみつのはな"]),
        ("暗証番号に「4711」を使う", ["4711"]),
        ("ﾊﾟｽﾜｰﾄﾞは「Abcd#123」である", ["Abcd#123"]),
        ("パスワードは Abcd#123 である", ["Abcd#123"]),
        ("現在のパスワード「」、再入力「Efgh#456」で変更する", ["Efgh#456"]),
        ("メッセージ「E1004」に「パスワードに半角記号が含まれていません」と表示される", []),
        ("「認証コード」の入力欄に「半角数字6桁」と案内されている", []),
        ("「sample001@sample.co.jp」に「認証コードのお知らせ」のメールが届く", []),
        ("契約「10000001」の初期パスワードを再び届け出る", []),
        ("「文字コード」に「CP932」を選ぶ", []),
        ("「契約番号」に「10000001」を入力する", []),
    ],
)
def test_a_sentence_that_speaks_of_a_secret_fails_closed(sentence: str, secrets: list[str]) -> None:
    assert list(in_sentence(sentence)) == secrets


@pytest.mark.parametrize(
    ("sentence", "rows", "secrets"),
    [
        ("次のとおり入力する", [("項目", "値"), ("契約番号", "10000001"), ("パスワード", "Abcd#123")], ["Abcd#123"]),
        ("次のとおり登録する", [("氏名", "暗証番号"), ("労金", "4711")], ["4711"]),
        ("「認証コード」に次の値を入力する", [("場合", "値", "番号"), ("5桁の", "12345", "E1002")], ["12345"]),
        ("次のとおり表示される", [("項目", "値"), ("パスワード", "設定済")], []),
        ("次の入力欄がある", [("項目",), ("パスワード",)], []),
    ],
)
def test_a_table_hides_what_is_headed_by_a_secret(
    sentence: str, rows: list[tuple[str, ...]], secrets: list[str]
) -> None:
    assert list(in_table(sentence, rows)) == secrets


def test_examples_hide_the_columns_of_secrets() -> None:
    assert list(in_examples({"場合": "短い", "パスワード": "Abcd#1", "番号": "E1002"})) == ["Abcd#1"]


def read(folder: Path) -> ScenarioSecrets:
    (folder / "a.feature").write_text(FEATURE, encoding="utf-8")
    (template,) = FeatureParser(str(folder), "a.feature").parse().scenarios.values()
    secrets = ScenarioSecrets()
    secrets.read(template.render({}), {})
    return secrets


def test_all_that_a_scenario_says_is_known_before_it_runs(tmp_path: Path) -> None:
    secrets = read(tmp_path)
    assert {"Titel#12", "Wort#345", "Tafel#12"} <= secrets.known
    assert not {"sample001", "general01", "z1"} & secrets.known
    assert secrets.mask(TITLE) == f"パスワード「{MASK}」で入る"


def test_arguments_typed_values_and_what_the_portal_hears_are_known(tmp_path: Path) -> None:
    secrets = read(tmp_path)
    passwords = Passwords(fast=True)
    secrets.listen(overhear(passwords))
    secrets.take_arguments({"password": "Argument#1", "user_id": "sample001", "again": ["x"]})
    secrets.add("Typed#12")
    assert passwords.matches(passwords.hash("Heard#12"), "Heard#12")
    assert not passwords.matches(passwords.hash("Heard#12"), "Tried#12")
    assert {"Argument#1", "Typed#12", "Heard#12", "Tried#12"} <= secrets.known


def test_a_user_id_typed_as_password_does_not_hide_the_user(tmp_path: Path) -> None:
    secrets = read(tmp_path)
    secrets.add("sample001")
    assert secrets.mask("ユーザー「sample001」") == "ユーザー「sample001」"


def story() -> Scenario:
    letter = MailSeen("a@example.jp", "b@example.jp", "お知らせ", "コード\n918273\n", TEN_O_CLOCK)
    steps = (
        Step(
            1, "もし", "パスワード「z1」で入る", "passed", touches=(Touch("欄", "input", value="z1"),), mails=(letter,)
        ),
        Step(2, "かつ", "「z1」を選ぶ", "passed", table=(("項目", "z1"), ("番号", "918273"))),
        Step(3, "かつ", "次のとおり入力する", "passed", table=(("項目", "値"), ("パスワード", "z1"), ("氏名", "z1"))),
    )
    return make_scenario("a-1", name=TITLE, steps=steps)


def test_a_short_secret_is_masked_where_it_stands_and_nowhere_else(tmp_path: Path) -> None:
    first, second, third = read(tmp_path).mask_story(story()).steps
    assert first.text == f"パスワード「{MASK}」で入る"
    assert first.touches[0].value == MASK
    assert second.text == "「z1」を選ぶ"
    assert second.table[0] == ("項目", "z1")
    assert third.table[1] == ("パスワード", MASK)


def test_the_whole_story_is_masked_with_the_codes_that_came_by_mail(tmp_path: Path) -> None:
    told = read(tmp_path).mask_story(story())
    assert told.name == f"パスワード「{MASK}」で入る"
    assert told.steps[0].mails[0].text == f"コード\n{MASK}\n"
    assert told.steps[1].table[1] == ("番号", MASK)
