"""What every ring of tests may use; nothing of it starts before a test asks for it."""

from pathlib import Path

import pytest

FEATURES = Path(__file__).with_name("features")

pytest_plugins = [
    "fixtures.options",
    "fixtures.sharing",
    "fixtures.step_finding",
    "fixtures.collection",
    "fixtures.run_record",
    "fixtures.stopping",
    "fixtures.portal",
    "fixtures.browser",
    "fixtures.page_checks",
    "fixtures.certificates.fixture",
    "fixtures.filming",
    "fixtures.logon_account",
    "fixtures.own_profile",
    "fixtures.recording",
    "fixtures.masked_reports",
    "fixtures.attachments",
    "fixtures.terminal_words",
    "steps.screens.session",
    "steps.access",
    "steps.certificate",
    "steps.certificate_dialog",
    "steps.browser_downloads",
    "steps.clock",
    "steps.console",
    "steps.entry",
    "steps.information",
    "steps.initial_lock",
    "steps.keyboard",
    "steps.labour_bank",
    "steps.mail",
    "steps.menu",
    "steps.manuals",
    "steps.notes",
    "steps.outputs",
    "steps.opening",
    "steps.operation_log",
    "steps.outcome",
    "steps.standing",
    "steps.states",
    "steps.support",
    "steps.windows",
    # After what they import: pytest rewrites the asserts of a module it loads first.
    "steps.arrival",
    "steps.codes",
    "steps.detail_changes",
    "steps.deductions",
    "steps.fields",
    "steps.interruption",
    "steps.general_users",
    "steps.passwords",
    "steps.progress",
    "steps.registration",
    "steps.savings",
    "steps.browser_settings",
    "steps.symptoms",
    "steps.wardrobe",
    "steps.windows_desk",
    "steps.desk_windows",
    "steps.desk_way",
    "steps.desk_states",
    # After fixtures.recording: what is loaded later hears of a step first.
    "steps.unknown",
]


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: steps open the portal by its full address.

    pytest-playwright registers its own as a method, which this pytest warns about; only a conftest comes after it.
    """


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser ring last, in whatever order the rest is.

    Playwright's sync API keeps an event loop running in a worker's main thread from the first scenario on, where
    asyncio.run() refuses to work; and the worker's simulator runs from then on, where tests look for leftover threads.
    """
    items.sort(key=lambda item: item.path.is_relative_to(FEATURES))
