"""What somebody else saved while an edit form was open is put together with it, or compared."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectFieldBase, TextAreaField
from wtforms.form import BaseForm

from discussion import clock
from discussion.db import hold_word
from discussion.kept.forms import browser_token, sent_fields, settled
from discussion.kept.forms_aside import KeptNote, keep_aside
from discussion.kept.forms_comparing import differing, plain_text, sent_again, settled_alone
from discussion.kept.operations import Owner, Typed
from discussion.kept.queries import last_saved, name_of
from discussion.kept.shapes import ConflictPage
from discussion.kept.tokens import FormToken
from discussion.kept.views.keeping import page_of
from discussion.kept.views.once import place_of
from discussion.kept.views.tokens import is_from_script, secret
from discussion.kept.words import NAMES_NOBODY, OPENED, TOKEN
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.web import doorway
from discussion.web.doorway import SAFE_METHODS, session
from discussion.web.faces import answer
from discussion.web.versions import Merged, Opened, Values, merge, unpacked, values_of, versioned_at

CONFLICT = 409


def install(blueprint: Blueprint) -> None:
    blueprint.before_app_request(put_together)


def put_together() -> AnyResponse | None:
    """Before an edit form is saved: what changed since it was opened is looked at, under a lock."""
    found = versioned_at(request.endpoint)
    if request.method in SAFE_METHODS or found is None or found.fresh is None or is_from_script():
        return None
    opened, viewer = unpacked(request.form.get(OPENED, "")), doorway.viewer()
    if opened is None or viewer is None:
        return None
    hold_word(session(), f"edit {request.path}")  # SQLite's session holds the lock already
    made = found.fresh(**(request.view_args or {}))
    if made is None:
        return None
    theirs = {name: each for name, each in values_of(made).items() if name in opened.values}
    merged = merge(opened.values, settled(dict(request.form.lists())), theirs)
    if merged.both:
        if found.offer is not None:
            found.offer(made, **(request.view_args or {}))
        return _compare(viewer, made, opened, merged, theirs)
    g.opened = Opened(clock.now(), theirs)
    if "keep" in request.form and not merged.mine_alone:
        flash(_("What was saved before stands, and nothing of yours was added."), "done")
        return redirect(_page(), 303)
    if merged.theirs_alone:
        names = ", ".join(f"“{_Fields(made).label(name)}”" for name in merged.theirs_alone)
        flash(
            _("While you were writing, %(fields)s changed too. That change stands.", fields=names),
            "done",
        )
    _send_instead(merged.values)
    return None


def _send_instead(values: Values) -> None:
    """What the view reads is what was put together."""
    sent = ImmutableMultiDict([(name, each) for name, many in values.items() for each in many])
    request.__dict__["form"] = sent


def _compare(
    viewer: Viewer, made: BaseForm, opened: Opened, merged: Merged, theirs: Values
) -> Response:
    fields, was = _Fields(made), opened.values
    differ = differing(fields, was, merged, theirs)
    alone = settled_alone(fields, was, merged)
    last = last_saved(session(), place_of(request.path))
    is_known = last is not None and last.saved_by_id is not None and last.at >= opened.at
    is_own = last is not None and is_known and last.saved_by_id == viewer.person_id
    is_of_power = viewer.is_administrator or bool(viewer.series_as("moderator", "convener"))
    may_know = is_of_power and request.endpoint not in NAMES_NOBODY
    name = ""
    if last is not None and is_known and may_know and not is_own:
        name = name_of()(session(), last.saved_by_id or 0)
    doorway.begin_again()  # what is kept is written aside, and waits for no lock of ours
    page_url = _page()
    kept = _keep_for(
        viewer, page_url, sent_fields(request.form) | {OPENED: [opened.packed()]}, merged.values
    )
    again = Opened(clock.now(), theirs).packed()
    page = ConflictPage(
        address=request.full_path.rstrip("?"),
        page_url=page_url,
        saved_by=name,
        is_own=is_own,
        saved_at=last.at if last is not None and is_known else None,
        opened_at=opened.at,
        differ=differ,
        settled=alone,
        hidden=(*sent_again(merged, differ), (OPENED, again), (TOKEN, _token())),
        kept_until=kept.until if kept else None,
    )
    return answer("kept/conflict.html", page, status=CONFLICT)


def _token() -> str:
    here = doorway.signed_in()
    return FormToken.new(here.public_id if here else "", _page()).signed(secret())


class _Fields:
    """The fields of a form of the site, by the names that are sent; they may have a prefix."""

    def __init__(self, made: BaseForm) -> None:
        self._by_name: dict[str, Any] = {one.name: one for one in made}

    def label(self, name: str) -> str:
        return str(self._by_name[name].label.text)

    def in_words(self, name: str, values: list[str]) -> str:
        field = self._by_name[name]
        if isinstance(field, SelectFieldBase):
            given = field.iter_choices() if getattr(field, "choices", None) else ()
            labels = {str(value): str(label) for value, label, *_more in given}
            return ", ".join(labels.get(value, value) for value in values) or _("Nothing chosen")
        if field.type == "BooleanField":
            return _("Ticked") if values else _("Not ticked")
        return plain_text(values)

    def is_text(self, name: str) -> bool:
        return isinstance(self._by_name[name], TextAreaField)


def _page() -> str:
    return page_of(request.path)


def _keep_for(
    actor: Viewer, page_url: str, sent: Mapping[str, list[str]], mine: Mapping[str, list[str]]
) -> KeptNote | None:
    """Keep what the actor typed, while it waits for their answer."""
    names = set(mine) - {TOKEN}
    fields = {name: mine[name] for name in names if name in sent} | {OPENED: sent[OPENED]}
    typed = Typed(request.full_path.rstrip("?"), page_url, fields)
    return keep_aside(Owner(actor.person_id, browser_token(request.cookies)), typed)
