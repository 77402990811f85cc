"""Page objects: they own every locator and take every label from the catalogue.

`Screen` does what every screen can; a screen that can do more has a class in `portal_screens`.
"""

from steps.screens.deductions import RequestLines, RequestSheet, TransferRequest
from steps.screens.operation_log import OperationLog
from steps.screens.portal_screens import (
    BrowserSettingsGuide,
    CertificateIssuing,
    CertificateResult,
    Environment,
    Information,
    LoginTop,
    ManualChapter,
    ManualLookup,
    Shown,
    UserList,
)
from steps.screens.savings import ExportConfirmation, ListPrint, SavingsList
from steps.screens.screen import Screen
from steps.screens.session import Screens

__all__ = [
    "BrowserSettingsGuide",
    "CertificateIssuing",
    "CertificateResult",
    "Environment",
    "ExportConfirmation",
    "Information",
    "ListPrint",
    "LoginTop",
    "ManualChapter",
    "ManualLookup",
    "OperationLog",
    "RequestLines",
    "RequestSheet",
    "SavingsList",
    "Screen",
    "Screens",
    "Shown",
    "TransferRequest",
    "UserList",
]
