"""Detail changes that contracts sent: overview, and each set to be read and printed (MNU-11)."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from simulator.office.console.forms import Form, Input
from simulator.office.console.pages import page
from simulator.office.context import office_of
from simulator.services.detail_sending import all_entries_of, sent_set, sent_sets, total_of

PORTION = 50
LINE = re.compile(r"[0-9]{1,9}")


def show_sent_sets(request: Request) -> Response:
    """The newest sets, of the contract `?contract=` only or of all, or the portion before the set `?before=`."""
    form = Form(Input("contract", rule="contract_number"), sent=request.query_params)
    number = form["contract"]
    wrong = bool(number) and not form.is_good()
    text = request.query_params.get("before", "")
    before = int(text) if LINE.fullmatch(text) else 0
    found = [] if wrong else sent_sets(office_of(request).world, number, before=before, limit=PORTION + 1)
    shown, more = found[:PORTION], found[PORTION:]
    older = urlencode({"contract": number, "before": shown[-1].change_set.id}) if more else ""
    newest = urlencode({"contract": number}) if before else None
    return page(request, "detail_changes", form=form, sets=shown, older=older, newest=newest)


def show_sent_set(request: Request) -> Response:
    """What arrived with a receipt number, with all its lines."""
    world = office_of(request).world
    found = sent_set(world, request.path_params["receipt"])
    entries = all_entries_of(world, found.change_set)
    return page(request, "detail_change_set", found=found, entries=entries, total=total_of(found.tallies))
