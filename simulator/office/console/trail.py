"""The audit trail, filtered and in portions."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.catalogue import load_catalogue
from simulator.office.console.forms import Form, Input
from simulator.office.console.pages import page
from simulator.office.context import office_of
from simulator.services.trail import TrailQuery, newest_events, recorded_kinds

PORTION = 50
ALL = "すべて"
LINE = re.compile(r"[0-9]{1,9}")


def show_trail(request: Request) -> Response:
    """The newest lines that fit the filter, or the portion before the line `?before=`."""
    form = _filter(request)
    wanted = TrailQuery(form["contract"], form["user"], form["kind"], _before(request), PORTION + 1)
    found = newest_events(office_of(request).world, wanted)
    shown, more = found[:PORTION], found[PORTION:]
    chosen = {name: form[name] for name in ("contract", "user", "kind") if form[name]}
    older = urlencode({**chosen, "before": shown[-1].id}) if more else ""
    newest = urlencode(chosen) if wanted.before else None
    return page(request, "trail", form=form, events=shown, older=older, newest=newest)


def _filter(request: Request) -> Form:
    recorded = recorded_kinds(office_of(request).world)
    kinds = {kind: words for kind, words in load_catalogue().event_words.items() if kind in recorded}
    return Form(
        Input("contract", rule="contract_number"),
        Input("user", rule="user_id"),
        Input("kind", choices={"": ALL, **kinds}),
        sent=request.query_params,
    )


def _before(request: Request) -> int:
    text = request.query_params.get("before", "")
    return int(text) if LINE.fullmatch(text) else 0
