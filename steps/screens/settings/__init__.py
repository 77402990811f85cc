"""The browser's own settings pages, by the words of the manuals' annex 1 (BRW, PDF)."""

from steps.screens.settings.pages import SettingsPages

__all__ = ["SettingsPages"]
