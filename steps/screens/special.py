"""Which screens can do more than every screen can."""

from __future__ import annotations

from steps.screens.certificate_issue import CertificateIssuing, CertificateResult
from steps.screens.deductions import (
    DeductionExport,
    DeductionList,
    RequestConfirmation,
    RequestEntry,
    RequestHistory,
    RequestLines,
    RequestView,
    TransferRequest,
)
from steps.screens.entrance import BrowserSettingsGuide, Environment, LoginTop
from steps.screens.information import Information
from steps.screens.manual_lookup import ManualChapter, ManualLookup
from steps.screens.operation_log import OperationLog, OperationLogExport
from steps.screens.savings import (
    AlarmList,
    DetailChange,
    DetailHistory,
    DetailSending,
    ExportConfirmation,
    ListPrint,
    StatementList,
)
from steps.screens.screen import Screen
from steps.screens.user_list import UserList

SPECIAL: dict[str | None, type[Screen]] = {
    c.key: c
    for c in (
        BrowserSettingsGuide,
        Environment,
        LoginTop,
        CertificateIssuing,
        CertificateResult,
        Information,
        UserList,
        ManualLookup,
        ManualChapter,
        StatementList,
        AlarmList,
        DetailChange,
        DetailSending,
        DetailHistory,
        ListPrint,
        ExportConfirmation,
        OperationLog,
        OperationLogExport,
        DeductionExport,
        DeductionList,
        RequestConfirmation,
        RequestEntry,
        RequestHistory,
        RequestLines,
        RequestView,
        TransferRequest,
    )
}
