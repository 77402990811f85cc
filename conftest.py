"""What every ring of tests may use; nothing of it starts before a test asks for it."""

import pytest

pytest_plugins = [
    "fixtures.options",
    "fixtures.portal",
    "fixtures.browser",
    "fixtures.logon_account",
    "fixtures.recording",
    "steps.screens.session",
    "steps.access",
    "steps.certificate",
    "steps.clock",
    "steps.entry",
    "steps.information",
    "steps.initial_lock",
    "steps.keyboard",
    "steps.mail",
    "steps.notes",
    "steps.outcome",
    "steps.standing",
    "steps.states",
    "steps.windows",
    # After what they import: pytest rewrites the asserts of a module it loads first.
    "steps.codes",
    "steps.progress",
    "steps.registration",
]


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: steps open the portal by its full address.

    pytest-playwright registers its own as a method, which this pytest warns about; only a conftest comes after it.
    """
