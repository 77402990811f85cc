"""Contracts, their users and certificates, and what the labour bank tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Identity, Index, String, Unicode, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from simulator.store.base import CASE_SENSITIVE, NEVER_AGAIN, Moment, Table

MASTER_PLACE = 0


class Counted(Table):
    """A secret that is asked for at a gate, and what the lock rule counts there (MRG-10, CRT-14, LGN-10)."""

    __abstract__ = True

    secret_hash: Mapped[str] = mapped_column(String(200))

    failures: Mapped[int] = mapped_column(default=0)
    locks: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    blocked: Mapped[bool] = mapped_column(default=False)


class Contract(Counted):
    """A contracting party, an employer (事業主) or a member organisation (会員); its secret is the initial password."""

    __tablename__ = "contracts"

    number: Mapped[str] = mapped_column(String(8), primary_key=True)
    edition: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(Unicode(160))
    created_at: Mapped[datetime] = mapped_column(Moment)
    # Whether the party applied for the detail change functions (ROK-10, MNU-09).
    detail_change: Mapped[bool] = mapped_column(default=False)
    users: Mapped[list[User]] = relationship(back_populates="contract")


class User(Counted):
    """A master or general user, with the login password as secret; user ids are unique in the whole system (MRG-27)."""

    __tablename__ = "users"
    # Never NULL: databases disagree on whether two of those are duplicates.
    __table_args__ = (UniqueConstraint("contract_number", "place", name="one_user_per_place"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user_id: Mapped[str] = mapped_column(CASE_SENSITIVE, unique=True)
    contract_number: Mapped[str] = mapped_column(ForeignKey("contracts.number"), index=True)
    # The master's place is 0 (MRG-02), general users take those from 1 on.
    place: Mapped[int]
    name: Mapped[str] = mapped_column(Unicode(40))
    mail_address: Mapped[str] = mapped_column(String(50))
    password_set_at: Mapped[datetime] = mapped_column(Moment)
    # Given by the master; has to be changed at the next login (USR-09, PWD-01).
    password_is_temporary: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(Moment)
    contract: Mapped[Contract] = relationship(back_populates="users")

    @property
    def is_master(self) -> bool:
        """Whether this is the contract's master user."""
        return self.place == MASTER_PLACE


class Code(Table):
    """An authentication code on its way from user authentication to issuing (CRT-20 to CRT-24)."""

    __tablename__ = "codes"
    # A visitor's session keeps the id: after a deletion it must not come to mean somebody else's code.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own way

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    # open -> verified -> spent; void when a newer one is issued or after too many wrong tries
    state: Mapped[str] = mapped_column(String(8), default="open")


class Certificate(Table):
    """A client certificate that was issued; it stays known after its user is gone."""

    __tablename__ = "certificates"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    user: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[str] = mapped_column(String(40))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    renewal_opens_at: Mapped[datetime] = mapped_column(Moment, index=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    revocation_reason: Mapped[str] = mapped_column(Unicode(160), default="")
    # When the mails of the daily batch went out: each goes once (ML-06, ML-07).
    warned_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    expiry_told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class Notice(Table):
    """A notice message of the labour bank on the information screen (INF-03)."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(Moment, index=True)
    title: Mapped[str] = mapped_column(Unicode(160))
    text: Mapped[str] = mapped_column(Unicode(800))


class Maintenance(Table):
    """The maintenance switch: one row while it is on (ENV-13)."""

    __tablename__ = "maintenance"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Unicode(800))
    since: Mapped[datetime] = mapped_column(Moment)


class Event(Table):
    """A line of the audit trail; with an actor it is a line of the contract's operation log, too (MNU-19).

    Attributes:
        contract_number, user_id: whom it is about; they stay when the user or contract is gone.
        actor: the id of the portal user who did it; None for the labour bank, the system and time.
        refusal: the code of the message that refused it; None when it was done.
    """

    __tablename__ = "events"
    # The operation log counts and turns its pages within these two alone, however many lines there are.
    __table_args__ = (
        Index("events_of_contract", "contract_number", "at", "id", "actor", "kind"),
        Index("events_by_actor", "contract_number", "actor", "at", "id", "kind"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(40))
    contract_number: Mapped[str | None] = mapped_column(String(8), default=None)
    user_id: Mapped[str | None] = mapped_column(String(12), default=None)
    actor: Mapped[str | None] = mapped_column(CASE_SENSITIVE, default=None)
    refusal: Mapped[str | None] = mapped_column(String(5), default=None)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
