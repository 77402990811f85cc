import pytest

from simulator.rules import Support, System, judge_browser, judge_system

WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("user_agent", "support"),
    [
        (f"{WINDOWS} Edg/140.0.0.0", Support.EDGE),
        ("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", Support.IE_MODE),
        (
            "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; .NET4.0C; .NET4.0E; rv:11.0) like Gecko",
            Support.IE_MODE,
        ),
        (WINDOWS, Support.OTHER),
        (f"{WINDOWS} OPR/120.0.0.0", Support.OTHER),
        (f"{WINDOWS} Edge/18.18363", Support.OTHER),
        (f"{WINDOWS.replace('10.0', '6.1')} Edg/109.0.0.0", Support.OTHER),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", Support.OTHER),
        ("Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Trident/7.0)", Support.OTHER),
        (f"{WINDOWS.replace('Windows NT 10.0; Win64; x64', 'X11; Linux x86_64')} Edg/140.0.0.0", Support.OTHER),
        (f"{WINDOWS.replace('Windows NT 10.0; Win64; x64', 'Linux; Android 10; K')} EdgA/140.0.0.0", Support.OTHER),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", Support.OTHER),
        ("", Support.OTHER),
        ("Windows NT 10.0 Edg/", Support.OTHER),
    ],
)
def test_edge_on_windows_is_supported_in_both_modes_and_nothing_else(user_agent: str, support: Support) -> None:
    assert judge_browser(user_agent) is support


@pytest.mark.parametrize(
    ("version", "system"),
    [
        ("15.0.0", System.WINDOWS_11),
        ("13.0.0", System.WINDOWS_11),
        ("10.0.0", System.WINDOWS_10),
        ("1.0.0", System.WINDOWS_10),
        ("0.3.0", System.OTHER),
        ("", System.WINDOWS),
        ("eleven", System.WINDOWS),
        ("１３", System.WINDOWS),
    ],
)
def test_windows_10_and_11_are_told_apart_by_what_the_browser_is_asked_for(version: str, system: System) -> None:
    assert judge_system(f"{WINDOWS} Edg/140.0.0.0", version) is system


def test_whatever_is_no_windows_stays_so_whatever_else_it_says() -> None:
    assert judge_system("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "15.0.0") is System.OTHER
