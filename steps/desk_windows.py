"""What is done in the windows of the simulated desk, and what they show."""

from __future__ import annotations

from pytest_bdd import then, when

from steps.windows_desk import WindowsDesk
from steps.wording import column, pairs, sentence


@when(sentence("タスクバーの「{label}」を押す"))
def press_taskbar(windows_desk: WindowsDesk, label: str) -> None:
    """Press a button of the taskbar."""
    windows_desk.windows.press_taskbar(label)


@when(sentence("Windowsの「検索」で「{text}」と検索する"))
def search(windows_desk: WindowsDesk, text: str) -> None:
    """Look for a program (BRW-19, IEM-01)."""
    windows_desk.windows.search(text)


@when(sentence("一覧から「{label}」を開く"))
def start_program(windows_desk: WindowsDesk, label: str) -> None:
    """Start a program that is listed."""
    windows_desk.windows.start_program(label)


@when(sentence("ウィンドウの「{label}」を押す"))
def press(windows_desk: WindowsDesk, label: str) -> None:
    """Press something in the window."""
    windows_desk.windows.press(label)


@when(sentence("ウィンドウの「{label}」に切り替える"))
def turn_to(windows_desk: WindowsDesk, label: str) -> None:
    """Turn to a tab, or to an entry at the left."""
    windows_desk.windows.turn_to(label)


@when(sentence("ウィンドウの「{label}」に「{value}」と入力する"))
def fill(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """Type into an input."""
    windows_desk.windows.fill(label, value)


@when(sentence("ウィンドウの「{label}」にチェックを入れる"))
def tick(windows_desk: WindowsDesk, label: str) -> None:
    """Put a tick into a box."""
    windows_desk.windows.tick(label, is_ticked=True)


@when(sentence("ウィンドウの「{label}」のチェックを外す"))
def untick(windows_desk: WindowsDesk, label: str) -> None:
    """Take a tick out."""
    windows_desk.windows.tick(label, is_ticked=False)


@when(sentence("ウィンドウで「{label}」を選ぶ"))
def mark(windows_desk: WindowsDesk, label: str) -> None:
    """Mark one of several."""
    windows_desk.windows.mark(label)


@then(sentence("「{title}」ウィンドウが表示される"))
def window_shown(windows_desk: WindowsDesk, title: str) -> None:
    """Which window it is; every one is marked as an illustration."""
    windows_desk.windows.should_be(title)
    windows_desk.windows.should_be_illustration()


@then(sentence("「{title}」ウィンドウの「{heading}」が表示される"))
def page_shown(windows_desk: WindowsDesk, title: str, heading: str) -> None:
    """Which page of a window it is."""
    windows_desk.windows.should_be(title, heading)


@then(sentence("ウィンドウの「{label}」は「{value}」である"))
def shows(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """What stands beside a label."""
    windows_desk.windows.should_show(label, value)


@then(sentence("ウィンドウの「{label}」の文字は伏せられている"))
def hides(windows_desk: WindowsDesk, label: str) -> None:
    """What is typed cannot be read."""
    windows_desk.windows.should_hide(label)


@then(sentence("ウィンドウの「{label}」の文字は読める"))
def reveals(windows_desk: WindowsDesk, label: str) -> None:
    """What is typed can be read (IMP-05)."""
    windows_desk.windows.should_hide(label, is_hidden=False)


@then(sentence("ウィンドウの「{label}」の一覧に「{value}」がある"))
def lists(windows_desk: WindowsDesk, label: str, value: str) -> None:
    """The only entry of a list."""
    windows_desk.windows.should_list(label, [value])


@then(sentence("ウィンドウの「{label}」の一覧は空である"))
def lists_nothing(windows_desk: WindowsDesk, label: str) -> None:
    """There is no entry."""
    windows_desk.windows.should_list(label, [])


@then("ウィンドウで選べるものは次のとおりである")
def offers(windows_desk: WindowsDesk, datatable: list[list[str]]) -> None:
    """All that can be ticked or marked."""
    windows_desk.windows.should_offer(column(datatable))


@then("次の設定が確かめられる")
def checks(windows_desk: WindowsDesk, datatable: list[list[str]]) -> None:
    """The preconditions for use, and whether each is met: 設定 and 状態 (BRW-01)."""
    windows_desk.windows.should_check(pairs(datatable))


@then(sentence("ウィンドウの「{label}」は選ばれていない"))
def not_marked(windows_desk: WindowsDesk, label: str) -> None:
    """A box is empty."""
    windows_desk.windows.should_be_marked(label, is_marked=False)


@then(sentence("ウィンドウの「{label}」が選ばれている"))
def marked(windows_desk: WindowsDesk, label: str) -> None:
    """A box is ticked."""
    windows_desk.windows.should_be_marked(label)


@then(sentence("ウィンドウに「{text}」と表示される"))
def says(windows_desk: WindowsDesk, text: str) -> None:
    """What the window says."""
    windows_desk.windows.should_say(text)


@then(sentence("ウィンドウに「{text}」とは表示されない"))
def says_not(windows_desk: WindowsDesk, text: str) -> None:
    """What the window does not say."""
    windows_desk.windows.should_not_say(text)


@then(sentence("ウィンドウに「{text}」と知らされる"))
def refuses(windows_desk: WindowsDesk, text: str) -> None:
    """Why the window does not go on."""
    windows_desk.windows.should_refuse(text)


@then(sentence("ウィンドウの「{label}」は押せない"))
def forbids(windows_desk: WindowsDesk, label: str) -> None:
    """A button that cannot be pressed."""
    windows_desk.windows.should_forbid(label)


@then(sentence("説明に「{text}」とある"))
def guides(windows_desk: WindowsDesk, text: str) -> None:
    """What the reader is told to do."""
    windows_desk.windows.should_guide(text)
