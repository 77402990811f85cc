"""Page objects: they own every locator and take every label from the catalogue.

`Screen` does what every screen can; a screen that can do more has a class of its own, listed in `special`.
"""

from steps.screens.certificate_issue import CertificateIssuing, CertificateResult
from steps.screens.deductions import RequestLines, RequestSheet, TransferRequest
from steps.screens.entrance import BrowserSettingsGuide, Environment, LoginTop
from steps.screens.information import Information
from steps.screens.manual_lookup import ManualChapter, ManualLookup, Shown
from steps.screens.operation_log import OperationLog
from steps.screens.savings import ExportConfirmation, ListPrint, SavingsList
from steps.screens.screen import Screen
from steps.screens.session import Screens
from steps.screens.user_list import UserList

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
