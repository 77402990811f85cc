"""Wiring the simulator: the only place that knows every edge."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.catalogue import load_catalogue
from simulator.catalogue.desk_windows import load_desk
from simulator.clock import Clock
from simulator.desk import Desk, create_desk
from simulator.listener import Listener
from simulator.mail import Letter, MailSink, Postman
from simulator.office import Office, create_office
from simulator.office.context import Addresses
from simulator.pki import ClientAuthority, KeyPool, P12Encryption, ServerIdentity, portal_tls
from simulator.portal import Portal, create_portal
from simulator.rules import load_profile
from simulator.services.daily_batch import send_due_mails
from simulator.services.seed import Seed
from simulator.services.world import Passwords, Randomness, World
from simulator.store import MEMORY, Store

TICK_SECONDS = 1.0
DAILY_MAILS = "毎日のメールの送信"
DESK = "/desk"  # on the office's listener, whose guard keeps pages of other sites out


@dataclass(frozen=True)
class Settings:
    """The knobs of a simulator.

    Attributes:
        host: where the four listeners bind.
        port, office_port, smtp_port, mail_port: 0 takes any free port.
        database: an SQLAlchemy URL; None keeps everything in memory.
        state: folder for authorities' keys; None makes fresh ones that are gone afterwards.
        clock: where the simulated clock starts; None for 10:00 on the latest business day.
        ticking: whether it runs by itself.
        issuing_seconds: how long an issue takes at least.
        seed: makes authentication codes the same in every run.
        hide_mark: leaves the シミュレータ mark out.
        legacy_p12: seals .p12 files with 3DES for old Windows.
        shuffle_keys: gives the software keyboard another order of keys every time it is opened.
        always_open: leaves the service hours aside, for practice in the evening.
        own_window: opens the login top screen in a window of its own, which browsers that block pop-ups do not allow.
        announced_url: the portal's address as told to contracting parties; None for the one it really has.
        fast_passwords: hashes at lowest cost, for tests.
        key_pool: how many RSA keys are kept ready.
        valid_at: see `ClientAuthority`; None leaves the terms as they are.
    """

    host: str = "127.0.0.1"
    port: int = 8443
    office_port: int = 8444
    smtp_port: int = 1025
    mail_port: int = 8025
    database: str | None = None
    state: Path | None = None
    clock: datetime | None = None
    ticking: bool = False
    issuing_seconds: float = 0.0
    seed: int | None = None
    hide_mark: bool = False
    legacy_p12: bool = False
    shuffle_keys: bool = False
    always_open: bool = False
    own_window: bool = False
    announced_url: str | None = None
    fast_passwords: bool = False
    key_pool: int = 2
    valid_at: datetime | None = None


@dataclass(frozen=True)
class Endpoints:
    """Where a running simulator is reached: URLs without a final slash, and the path of the file to trust."""

    portal: str
    office: str
    smtp: str
    mail: str
    ca: str


class Simulator:
    """The portal, its office with the simulated desk, and its mail, in one process.

    Args:
        settings: the knobs.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database cannot be opened.
        StateError: the state folder cannot be read or written.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock(settings.clock, ticking=settings.ticking)
        with ExitStack() as opened:
            state = settings.state or Path(opened.enter_context(TemporaryDirectory(prefix="koujyo-")))
            self.identity = ServerIdentity.load_or_create(state)
            authority = replace(ClientAuthority.load_or_create(state, self.clock.now()), valid_at=settings.valid_at)
            store = Store(settings.database or MEMORY)
            opened.callback(store.close)
            self._opened = opened.pop_all()
        profile = load_profile()
        self.sink = MailSink(self.clock, settings.host, settings.smtp_port, settings.mail_port)
        self.world = World(
            profile=profile,
            store=store,
            clock=self.clock,
            post=_Post(lambda: Postman(settings.host, self.sink.smtp_port, profile.mail_sender, self.clock)),
            authority=authority,
            keys=KeyPool(settings.key_pool),
            passwords=Passwords(fast=settings.fast_passwords),
            randomness=Randomness(settings.seed),
            p12_encryption=P12Encryption.LEGACY if settings.legacy_p12 else P12Encryption.MODERN,
        )
        self.portal = Portal(
            self.world,
            load_catalogue(),
            issuing_seconds=settings.issuing_seconds,
            hide_mark=settings.hide_mark,
            shuffle_keys=settings.shuffle_keys,
            always_open=settings.always_open,
            own_window=settings.own_window,
        )
        self.desk = Desk(
            load_desk(),
            profile.portal_site,
            lambda: self._office_listener.url_for(DESK),
            lambda: self._portal_listener.url_for(""),
            hide_mark=settings.hide_mark,
        )
        self.portal.client_of = self.desk.client_of
        self._seed = Seed(self.world)
        self._daily_mails: asyncio.Task[None] | None = None
        self._ca = state / "server-ca.pem"
        tls = portal_tls(self.identity, authority)
        office = Office(
            self.world,
            self.reset,
            lambda: self.portal.issuing.seconds,
            self._set_pace,
            lambda: Addresses(self.endpoints.portal, self.endpoints.mail, settings.announced_url),
            always_open=settings.always_open,
            hide_mark=settings.hide_mark,
        )
        self._portal_listener = Listener(create_portal(self.portal), settings.host, settings.port, ssl_context=tls)
        pages = create_office(office)
        pages.mount(DESK, create_desk(self.desk))
        self._office_listener = Listener(pages, settings.host, settings.office_port)

    @property
    def is_running(self) -> bool:
        """Whether the portal accepts connections."""
        return self._portal_listener.is_running

    @property
    def endpoints(self) -> Endpoints:
        """Where to reach it, once it runs."""
        return Endpoints(
            portal=self._portal_listener.url_for(""),
            office=self._office_listener.url_for(""),
            smtp=f"{self.settings.host}:{self.sink.smtp_port}",
            mail=self.sink.url_for(""),
            ca=str(self._ca.absolute()),
        )

    async def start(self) -> Endpoints:
        """Begin to serve, inside the caller's event loop.

        Raises:
            OSError: a port cannot be bound; nothing is left running then.
        """
        try:
            self._seed.plant()
            self.world.keys.start()
            await self.sink.start()
            await self._office_listener.start()
            await self._portal_listener.start()
            if self.settings.ticking:
                self._daily_mails = asyncio.create_task(self._send_daily_mails())
        except BaseException:
            await self.stop()
            raise
        return self.endpoints

    async def stop(self) -> None:
        """Stop serving and let everything go."""
        self._set_pace(0)
        if self._daily_mails is not None:
            self._daily_mails.cancel()
        await self._portal_listener.stop()
        await self._office_listener.stop()
        await asyncio.to_thread(self.portal.issuing.clear)
        await self.sink.stop()
        self.world.keys.stop()
        self._opened.close()

    def reset(self) -> None:
        """Back to the seeded world: data, clock, mail, visitors, randomness and pace."""
        self.portal.clear()  # first, so that no issue under way writes into the new world
        self.world.store.clear()
        self.clock.reset()
        self.world.randomness.restart()
        self.portal.issuing.seconds = self.settings.issuing_seconds
        self.portal.pages.shuffle_keys = self.settings.shuffle_keys
        self.portal.own_window = self.settings.own_window
        self.sink.clear()
        self.desk.clear()
        self._seed.plant()

    async def _send_daily_mails(self) -> None:
        """Send what falls due while the clock runs by itself; moved by hand, `timeline` does it."""
        while True:
            try:
                await asyncio.to_thread(send_due_mails, self.world)
            except Exception as problem:  # noqa: BLE001 - the next second is another chance, and nobody awaits this task
                self.portal.note_failure(problem, DAILY_MAILS)
            await asyncio.sleep(TICK_SECONDS)

    def _set_pace(self, seconds: float) -> None:
        self.portal.issuing.seconds = seconds


class _Post:
    """Posts through a sink whose port is known only once it runs."""

    def __init__(self, make_postman: Callable[[], Postman]) -> None:
        self._make_postman = make_postman

    @cached_property
    def _postman(self) -> Postman:
        return self._make_postman()

    def send(self, letter: Letter) -> None:
        """Hand a letter to the postman."""
        self._postman.send(letter)


class SimulatorThread:
    """A simulator in a thread of its own, for whoever has no event loop: the test bench, a script.

    Args:
        settings: the knobs.
    """

    def __init__(self, settings: Settings) -> None:
        self.simulator = Simulator(settings)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulator", daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether the simulator serves."""
        return self.simulator.is_running

    def start(self) -> Endpoints:
        """Begin to serve.

        Raises:
            OSError: a port cannot be bound.
        """
        self._thread.start()
        try:
            return asyncio.run_coroutine_threadsafe(self.simulator.start(), self._loop).result()
        except BaseException:
            self._end_thread()
            raise

    def stop(self) -> None:
        """Stop serving and end the thread; does nothing when it does not run."""
        if not self._thread.is_alive():
            return
        asyncio.run_coroutine_threadsafe(self.simulator.stop(), self._loop).result()
        self._end_thread()

    def _end_thread(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
