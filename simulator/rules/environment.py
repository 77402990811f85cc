"""Which browsers and which Windows are supported, as far as a browser tells (ENV-01, ENV-02)."""

import re
from enum import StrEnum

# What both Windows 10 and Windows 11 call themselves, Home and Pro alike.
_WINDOWS = "Windows NT 10.0"
# Edg/ is Edge as it is today; Edge/ was the one before, EdgA/ and EdgiOS/ are for phones.
_EDGE = re.compile(r"\bEdg/\d")
_FIRST_WINDOWS_11 = 13
_IE_MODE = re.compile(r"\bTrident/7\.0\b.*\brv:11\.0\b")


class Support(StrEnum):
    """What is made of a browser's User-Agent."""

    EDGE = "edge"
    IE_MODE = "ie_mode"
    OTHER = "other"


def judge_browser(user_agent: str) -> Support:
    """Tell which of the supported browser modes this is; anything else, and anything not on Windows, is other."""
    if _WINDOWS not in user_agent:
        return Support.OTHER
    if _IE_MODE.search(user_agent):
        return Support.IE_MODE
    return Support.EDGE if _EDGE.search(user_agent) else Support.OTHER


class System(StrEnum):
    """What is made of the operating system; no browser tells Home from Pro."""

    WINDOWS_11 = "windows_11"
    WINDOWS_10 = "windows_10"
    WINDOWS = "windows"
    OTHER = "other"


def judge_system(user_agent: str, platform_version: str = "") -> System:
    """Tell which Windows this is.

    Args:
        user_agent: calls every Windows since 10 by the same name.
        platform_version: the client hint Sec-CH-UA-Platform-Version, unquoted; empty from browsers that send none, such
            as IE mode. From 13 on it is Windows 11, below 1 it is older than 10:
            https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11
    """
    if _WINDOWS not in user_agent:
        return System.OTHER
    major = platform_version.split(".", maxsplit=1)[0]
    if not (major.isascii() and major.isdigit()):
        return System.WINDOWS
    if int(major) >= _FIRST_WINDOWS_11:
        return System.WINDOWS_11
    return System.WINDOWS_10 if int(major) else System.OTHER
