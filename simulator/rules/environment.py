"""Which browsers are supported, as far as a browser tells (ENV-01, ENV-02)."""

import re
from enum import StrEnum

# What both Windows 10 and Windows 11 call themselves, Home and Pro alike.
_WINDOWS = "Windows NT 10.0"
# Edg/ is Edge as it is today; Edge/ was the one before, EdgA/ and EdgiOS/ are for phones.
_EDGE = re.compile(r"\bEdg/\d")
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
