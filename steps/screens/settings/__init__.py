"""The browser's own settings pages, by the words of the manuals' annex 1 (BRW, PDF)."""

from steps.screens.settings.pages import SettingsPages, settings_map

__all__ = ["SettingsPages", "settings_map"]
