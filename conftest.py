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
    "steps.mail",
    "steps.outcome",
    "steps.states",
]


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: steps open the portal by its full address.

    pytest-playwright registers its own as a method, which this pytest warns about; only a conftest comes after it.
    """
