"""One request to the portal, with its visitor's session."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import Edition, Screen
from simulator.portal.context import Portal
from simulator.portal.forms import GuardedForm
from simulator.portal.session_cookie import COOKIE, carried_session
from simulator.portal.sessions import Ending, Session, SessionGone
from simulator.rules import Message, message
from simulator.services.operations import note_operation
from simulator.store import User

# Far more than any screen asks for; a bigger body is turned away before it fills the memory.
MAXIMUM_FIELDS = 20
MAXIMUM_FIELD_BYTES = 64 * 1024
_ACTOR = "koujyo.actor"


class OperationError(Exception):
    """The request cannot be served where it stands; an error page with this message code answers it."""

    def __init__(self, code: str, status: HTTPStatus = HTTPStatus.CONFLICT) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


def portal_of(request: Request) -> Portal:
    """The portal a request came to."""
    return cast("Portal", request.app.state.portal)


def actor_of(request: Request) -> User | None:
    """Whose login the request was made with; None as long as nobody has asked, and without a login."""
    return cast("User | None", request.scope.get(_ACTOR))


class Visit:
    """A request, its portal and its session."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.portal = portal_of(request)
        self.world = self.portal.world
        self.call = self.portal.call
        self._carried = carried_session(request)

    @classmethod
    async def begin(cls, request: Request) -> Visit:
        """The visit of a request, with its session."""
        return cls(request)

    @property
    def session(self) -> Session:
        """The visitor's session; empty for a new visitor, and after one that has ended."""
        return self._carried.session

    @property
    def ended_because(self) -> Ending | None:
        """Why the session that the browser still names has ended; None for a session that goes on."""
        return self._carried.ended_because

    def end(self, why: Ending) -> None:
        """End the session on the server; the browser is told to forget its name."""
        self._carried.end(why)

    def signed_in_user(self) -> str:
        """The id of the user who logged in to this session.

        Raises:
            OperationError: nobody did, or the session has ended; with the message that says why.
        """
        if self.session.user_id is None:
            raise self._cut_off()
        return self.session.user_id

    def acts_as(self, user: User) -> None:
        """Keep whose login the request was made with, for the operation log."""
        self.request.scope[_ACTOR] = user

    async def note(self, kind: str, **detail: Any) -> None:
        """Note in the operation log what whoever is logged in has looked up, printed or taken along (MNU-19).

        For what changes no data: the verbs that do record themselves, and refusals are noted by `noted_refusals`.

        Args:
            kind: one of the `operations` in `catalogue/events.yaml`.
            detail: what else to tell, by a name of its `detail_words`.
        """
        actor = actor_of(self.request)
        if actor is None:
            raise RuntimeError(f"{kind} without a login")
        await self.call(note_operation, self.world, actor, kind, **detail)

    def achieved(self, name: str) -> Any:
        """What the visitor achieved before.

        Raises:
            OperationError: nothing of that name, as after a jump or the back button (LGT-16).
        """
        try:
            return self.session[name]
        except KeyError:
            raise OperationError("E9001") from None

    async def form(self, screen: Screen, section: str | None = None) -> GuardedForm:
        """The form of a screen or of one of its sections that was sent, checked with its field rules.

        Raises:
            OperationError: it does not come from a page of this session, or the session has ended.
            HTTPException: it is malformed, too big or holds a file.
        """
        sent = await self.request.form(max_files=0, max_fields=MAXIMUM_FIELDS, max_part_size=MAXIMUM_FIELD_BYTES)
        if "csrf" not in self.session:
            raise self._cut_off() if self.ended_because else OperationError(self._unknown(), HTTPStatus.FORBIDDEN)
        form = self.portal.forms.filled(screen, self.session, sent, section)
        form.validate()
        if form.is_forged:
            raise OperationError("E9005", HTTPStatus.FORBIDDEN)
        return form

    def offer(self, screen: Screen, section: str | None = None, **values: str) -> GuardedForm:
        """The form of a screen or of one of its sections to fill in; `values` stand in it already."""
        return self.portal.forms.offered(screen, self.session, section, **values)

    def tell_next(self, code: str, **values: object) -> None:
        """Keep the message that an operation is done, for the screen it leads to."""
        done = message(code, **values)
        self.session["done"] = (done.code, done.text)

    def told(self) -> Message | None:
        """What the operation before this screen did; told once."""
        done = self.session.pop("done", None)
        return Message(*done) if done else None

    def screen(self, key: str) -> Screen:
        """A screen of the catalogue."""
        return self.portal.catalogue.screen(key)

    def page(
        self,
        screen: Screen,
        *,
        form: GuardedForm | None = None,
        refusal: Message | None = None,
        edition: Edition | None = None,
        rows: Iterable[str] = (),
        refused_as: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
        **more: Any,
    ) -> Response:
        """The page of a screen, blank without a form; with something to refuse its status says so."""
        pages = self.portal.pages
        if form is None:
            return pages.blank(screen, self.portal.forms.token(self.session), edition=edition, rows=rows, **more)
        messages = [*form.messages(), *([refusal] if refusal else [])]
        status = refused_as if messages else HTTPStatus.OK
        return pages.page(screen, form=form, messages=messages, edition=edition, rows=rows, status=status, **more)

    def go_to(self, key: str, query: str = "") -> Response:
        """Send the browser on to another screen."""
        return self.portal.pages.go_to(key, query)

    async def renew(self, **kept: Any) -> None:
        """Go on in a session under a new name, with just these values.

        Raises:
            OperationError: meanwhile another request renewed or ended this session, as when a button is pressed twice.
        """
        try:
            self._carried.renew(**kept)
        except SessionGone:
            raise OperationError("E9001") from None

    def _unknown(self) -> str:
        """What to tell whoever sends a form outside a session: a page of ours that kept no cookie, or somebody else."""
        ours = self.request.headers.get("sec-fetch-site") == "same-origin"
        return "E9010" if ours and COOKIE not in self.request.cookies else "E9005"

    def _cut_off(self) -> OperationError:
        return OperationError(self._carried.tell_ending(), HTTPStatus.FORBIDDEN)
