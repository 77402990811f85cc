"""The tables of the portal and the one way to reach them.

The schema uses nothing that only SQLite has: any SQLAlchemy URL can hold it. SQLite in memory is the default, a file
survives a restart. Moments are kept as UTC and handed out as aware datetimes in Japan time.
"""

from simulator.store.accounts import (
    MASTER_PLACE,
    Certificate,
    Code,
    Contract,
    Counted,
    Event,
    Maintenance,
    Notice,
    User,
)
from simulator.store.base import Moment, Table
from simulator.store.database import MEMORY, Store, is_busy
from simulator.store.deductions import DeductionLine, DeductionTotal, ShortDeduction, TransferRequest
from simulator.store.detail_changes import ChangeEntry, ChangeRecord, ChangeSet
from simulator.store.savings import AlarmLine, ChangeLine, Generation, StatementLine, WorkerName

__all__ = [
    "MASTER_PLACE",
    "MEMORY",
    "AlarmLine",
    "Certificate",
    "ChangeEntry",
    "ChangeLine",
    "ChangeRecord",
    "ChangeSet",
    "Code",
    "Contract",
    "Counted",
    "DeductionLine",
    "DeductionTotal",
    "Event",
    "Generation",
    "Maintenance",
    "Moment",
    "Notice",
    "ShortDeduction",
    "StatementLine",
    "Store",
    "Table",
    "TransferRequest",
    "User",
    "WorkerName",
    "is_busy",
]
