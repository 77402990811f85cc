"""Forms made from the catalogue and checked with the rules; WTForms reads them and guards against forgery."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from starlette.datastructures import FormData
from wtforms import Form, PasswordField, StringField
from wtforms.csrf.core import CSRFTokenField
from wtforms.csrf.session import SessionCSRF
from wtforms.fields import Field as BoundField
from wtforms.validators import StopValidation

from simulator.catalogue import Catalogue, Field, Screen
from simulator.rules import FieldRule, Message, Profile, Refusal, check_field, check_match, field_rules, message, spelt

# Nobody can type it: it is another one in every process.
TOKEN_SLOT = secrets.token_hex(16)


class GuardedForm(Form):
    """A form with a token that only the session's own pages carry."""

    class Meta:
        """Where WTForms looks for the guard."""

        csrf = True
        csrf_class = SessionCSRF
        csrf_secret = secrets.token_bytes(32)
        csrf_time_limit = None
        locales = False

    @property
    def is_forged(self) -> bool:
        """Whether the token is missing or not this session's; call after `validate`."""
        return bool(self["csrf_token"].errors)

    def messages(self) -> list[Message]:
        """What was refused, in the order of the fields."""
        return [cast("Message", error) for field in self for error in field.errors if isinstance(error, Message)]

    def refuse(self, key: str, message: Message) -> None:
        """Add a refusal that only a service could find."""
        self[key].errors = [*self[key].errors, cast("str", message)]


class Forms:
    """The form of every screen, and of every section of a screen that has inputs of its own."""

    def __init__(self, catalogue: Catalogue, profile: Profile) -> None:
        rules = field_rules(profile)
        self._classes: dict[tuple[str, str | None], type[GuardedForm]] = {}
        for screen in catalogue.screens.values():
            self._classes[screen.key, None] = _form_class(screen, screen.fields, rules)
            for section in screen.sections:
                fields = [screen.field(key) for key in section.fields]
                self._classes[screen.key, section.key] = _form_class(screen, fields, rules)

    def blank(self, screen: Screen) -> GuardedForm:
        """A blank form for any session: `TOKEN_SLOT` stands where the session's token has to be put."""
        form = self._classes[screen.key, None](meta={"csrf_context": {"csrf": ""}})
        cast("CSRFTokenField", form["csrf_token"]).current_token = TOKEN_SLOT
        return form

    def token(self, session: dict[str, Any]) -> str:
        """The token that guards the forms of a session."""
        if "csrf" not in session:
            GuardedForm(meta={"csrf_context": session})  # the library puts it there
        return _token(session["csrf"])

    def filled(
        self, screen: Screen, session: dict[str, Any], data: FormData, section: str | None = None
    ) -> GuardedForm:
        """The form of a screen or section as it was sent, to a session that has been shown a form before."""
        return self._classes[screen.key, section](_MultiDict(data), meta={"csrf_context": session})

    def offered(
        self, screen: Screen, session: dict[str, Any], section: str | None = None, **values: str
    ) -> GuardedForm:
        """The form of a screen or section before anybody typed; `values` stand in its fields already."""
        return self._classes[screen.key, section](data=values, meta={"csrf_context": session})


@lru_cache(maxsize=1024)
def _token(secret: str) -> str:
    form = GuardedForm(meta={"csrf_context": {"csrf": secret}})
    return str(cast("CSRFTokenField", form["csrf_token"]).current_token)


class _MultiDict:
    """What WTForms asks of sent data."""

    def __init__(self, data: FormData) -> None:
        self._data = data

    def __iter__(self) -> Any:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def getlist(self, name: str) -> list[str]:
        return [value for value in self._data.getlist(name) if isinstance(value, str)]


def _form_class(screen: Screen, fields: Iterable[Field], rules: Mapping[str, FieldRule]) -> type[GuardedForm]:
    bound = {field.key: _bound_field(screen, field, rules[field.rule]) for field in fields}
    return type(f"{screen.key}_form", (GuardedForm,), bound)


def _bound_field(screen: Screen, field: Field, rule: FieldRule) -> Any:
    validators = [_validator(screen, field, rule)]
    if field.secret:
        return PasswordField(field.label, validators=validators)
    return StringField(field.label, validators=validators, filters=[_spelt])


def _spelt(text: str | None) -> str:
    return spelt(text or "")


def _validator(screen: Screen, field: Field, rule: FieldRule) -> Callable[[Form, BoundField], None]:
    first = screen.field(field.repeats) if field.repeats else None

    def validate(form: Form, bound: BoundField) -> None:
        if field.optional and not bound.data:
            return
        if field.is_chosen and (not bound.data or (field.choices and bound.data not in field.choices)):
            raise StopValidation(cast("str", message("E5007", field=field.label)))
        _stop_at(check_field(rule, field.label, bound.data or ""))
        if first is not None:
            _stop_at(check_match(first.label, field.label, form[first.key].data or "", bound.data or ""))

    return validate


def _stop_at(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise StopValidation(cast("str", refusal.message))
