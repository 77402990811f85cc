"""What a browser has to be set to, and what happens where it is not (annex 1: BRW, IEM)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit


class Symptom(StrEnum):
    """What a setting that is missing or wrong brings about.

    ``WINDOW_CLOSES``: the window closes on access, for pop-ups are blocked (BRW-12, IEM-17).
    ``BACK_TO_TOP``: 電子証明書発行 only brings back the login top screen, for the site is not trusted (BRW-23, IEM-18).
    """

    WINDOW_CLOSES = "window_closes"
    BACK_TO_TOP = "back_to_top"


@dataclass(frozen=True)
class BrowserSettings:
    """Whether each of the four preconditions for use is met (BRW-01)."""

    javascript: bool
    cookies: bool
    popups: bool
    trusted: bool


def symptoms(settings: BrowserSettings) -> frozenset[Symptom]:
    """What is seen of the portal in a browser that is set like this."""
    causes = {Symptom.WINDOW_CLOSES: settings.popups, Symptom.BACK_TO_TOP: settings.trusted}
    return frozenset(symptom for symptom, is_met in causes.items() if not is_met)


def names_site(entries: Iterable[str], site: str) -> bool:
    """Whether one of the addresses that somebody registered is the site's: the s of https matters, a path does not."""
    return _origin(site) in {_origin(entry) for entry in entries}


def _origin(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # such as half an IPv6 address
        return "", address
    return parts.scheme, parts.netloc.lower()
