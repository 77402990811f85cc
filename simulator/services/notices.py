"""Notice messages of the labour bank on the information screen (INF-03)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator.services.refusal import refused
from simulator.services.trail import record
from simulator.services.world import World
from simulator.store import Notice


def publish_notice(world: World, title: str, text: str) -> Notice:
    """Publish a notice to every logged-in user."""
    now = world.clock.now()
    with world.store.transaction() as session:
        notice = Notice(published_at=now, title=title, text=text)
        session.add(notice)
        session.flush()
        record(session, "notice_published", now, title=title)
    return notice


def withdraw_notice(world: World, notice_id: int) -> None:
    """Take a notice back.

    Raises:
        Refused: there is no such notice (E5005).
    """
    with world.store.transaction() as session:
        notice = _notice(session, notice_id)
        record(session, "notice_withdrawn", world.clock.now(), title=notice.title)
        session.delete(notice)


def notices(world: World, limit: int = 1000) -> list[Notice]:
    """The notices, the newest first, `limit` of them at most."""
    query = select(Notice).order_by(Notice.published_at.desc(), Notice.id.desc()).limit(limit)
    with world.store.transaction() as session:
        return list(session.scalars(query))


def notice_numbered(world: World, notice_id: int) -> Notice:
    """One notice.

    Raises:
        Refused: there is no such notice (E5005).
    """
    with world.store.transaction() as session:
        return _notice(session, notice_id)


def _notice(session: Session, notice_id: int) -> Notice:
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise refused("E5005")
    return notice
