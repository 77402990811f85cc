"""財形貯蓄事務: data the labour bank sent, and looking it up (MNU-03 to MNU-05, INF-02)."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.recorder import Recorder
from simulator.services.savings import deliver_generation
from simulator.services.world import World
from steps.known import known_contract
from steps.screens import SavingsList, Screens
from steps.wording import pairs, sentence


@given(sentence("労金が契約「{number}」に加入者{workers:d}名の財形データを送信している"))
@when(sentence("労金が契約「{number}」に加入者{workers:d}名の財形データを送信する"))
def delivered(world: World, recorder: Recorder, number: str, workers: str) -> None:
    """The next generation was delivered (INF-02)."""
    deliver_generation(world, known_contract(world, number), int(workers))
    recorder.note(f"労金: 契約 {number} に加入者 {workers} 名の財形データを送信")


@when("次の条件で検索する")
def search(screens: Screens, datatable: list[list[str]]) -> None:
    """Fill in the criteria (項目 and 値) and press 検索."""
    screen = screens.current()
    for label, value in pairs(datatable):
        screen.fill(label, value)
    screen.submit("search")


@when(sentence("見出し「{label}」を選ぶ"))
def sort_by(screens: Screens, label: str) -> None:
    """Sort by a column, or turn its order round."""
    screens.the(SavingsList).sort_by(label)


@when(sentence("一覧の「{label}」を選ぶ"))
def turn(screens: Screens, label: str) -> None:
    """Turn over the pages of a list."""
    screens.the(SavingsList).turn(label)


@when(sentence("加入者番号「{number}」を選ぶ"))
def choose_worker(screens: Screens, number: str) -> None:
    """Look at a worker's detail (MNU-04)."""
    screens.the(SavingsList).choose_line(number)


@then("明細の一覧に次のとおり表示される")
def listed(screens: Screens, datatable: list[list[str]]) -> None:
    """These are all lines of the page, in this order, with what stands in these columns."""
    screens.the(SavingsList).should_list(datatable[0], datatable[1:])


@then("明細の一覧は表示されない")
def not_listed(screens: Screens) -> None:
    """There is no list."""
    screens.the(SavingsList).should_list_nothing()


@then(sentence("明細は「{label}」の大きい順に並んでいる"))
def sorted_down(screens: Screens, label: str) -> None:
    """The greatest amount comes first."""
    screens.the(SavingsList).should_be_sorted(label, descending=True)


@then(sentence("一覧の件数は「{text}」と表示される"))
def counted(screens: Screens, text: str) -> None:
    """Which of how many lines are shown."""
    screens.the(SavingsList).should_say_range(text)


@then("一覧の合計は明細の金額を足したものと一致する")
def adds_up(screens: Screens) -> None:
    """The totals are the sums of the lines."""
    screens.the(SavingsList).should_add_up()
