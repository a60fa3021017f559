"""What somebody else saved while an edit form was open is put together with it, or compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request
from markupsafe import Markup
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectFieldBase, TextAreaField
from wtforms.form import BaseForm

from discussion import clock, text
from discussion.db import hold_word
from discussion.kept.forms import HELPERS, browser_token, is_unsaid, sent_fields, settled
from discussion.kept.operations import Owner, Typed
from discussion.kept.queries import last_saved, name_of
from discussion.kept.tokens import FormToken
from discussion.kept.views.keeping import KeptNote, keep_aside, page_of
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


@dataclass(frozen=True)
class Side:
    """One of two texts: what it says, and what differs from what the form was opened with."""

    diff: Markup
    values: tuple[str, ...]


@dataclass(frozen=True)
class Differing:
    """A field that both changed; `both` is the two put together, for texts of several lines."""

    name: str
    label: str
    mine: Side
    theirs: Side
    both: str | None


@dataclass(frozen=True)
class Settled:
    """A field that one of the two changed alone."""

    label: str
    is_mine: bool
    diff: Markup


@dataclass(frozen=True)
class ConflictPage:
    """Two who changed the same: mine, theirs, and what was put together already."""

    address: str
    page_url: str
    saved_by: str  # "" where it is not known, or not said
    is_own: bool  # it was the viewer, in another tab
    saved_at: datetime | None
    opened_at: datetime
    differ: tuple[Differing, ...]
    settled: tuple[Settled, ...]
    hidden: tuple[tuple[str, str], ...]
    kept_until: datetime | None
    kept_url: str


def install(blueprint: Blueprint) -> None:
    blueprint.before_app_request(put_together)


def put_together() -> AnyResponse | None:
    """Before an edit form is saved: what changed since it was opened is looked at, under a lock."""
    found = versioned_at(request.endpoint)
    if request.method in SAFE_METHODS or found is None or is_from_script():
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
        names = ", ".join(f"“{_label(made, name)}”" for name in merged.theirs_alone)
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
    differ = tuple(_differing(made, opened, merged, theirs, name) for name in merged.both)
    alone = (*_alone(made, opened, merged.values, merged.theirs_alone, is_mine=False),
             *_alone(made, opened, merged.values, merged.mine_alone, is_mine=True))  # fmt: skip
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
    hidden = [
        *((name, each) for name, many in merged.values.items() for each in many
          if name not in {*merged.both, OPENED, "keep"} and not name.startswith(HELPERS)
          and not is_unsaid(name)),
        *((f"_mine-{one.name}", each) for one in differ for each in one.mine.values or ("",)),
        (OPENED, again),
        (TOKEN, _token()),
    ]  # fmt: skip
    page = ConflictPage(
        address=request.full_path.rstrip("?"),
        page_url=page_url,
        saved_by=name,
        is_own=is_own,
        saved_at=last.at if last is not None and is_known else None,
        opened_at=opened.at,
        differ=differ,
        settled=alone,
        hidden=tuple(hidden),
        kept_until=kept.until if kept else None,
        kept_url=page_url,
    )
    return answer("kept/conflict.html", page, status=CONFLICT)


def _token() -> str:
    here = doorway.signed_in()
    return FormToken.new(here.public_id if here else "", _page()).signed(secret())


def _differing(
    made: BaseForm, opened: Opened, merged: Merged, theirs: Values, name: str
) -> Differing:
    base, mine, other = (each.get(name, []) for each in (opened.values, merged.values, theirs))
    is_long = isinstance(_field(made, name), TextAreaField)
    put = text.put_together(_plain(base), _plain(mine), _plain(other)) if is_long else None
    return Differing(
        name=name,
        label=_label(made, name),
        mine=Side(_diff(made, name, base, mine), tuple(mine)),
        theirs=Side(_diff(made, name, base, other), tuple(other)),
        both=put,
    )


def _alone(
    made: BaseForm, opened: Opened, values: Values, names: Iterable[str], *, is_mine: bool
) -> list[Settled]:
    was = opened.values
    return [
        Settled(_label(made, name), is_mine, _diff(made, name, was[name], values.get(name, [])))
        for name in names
    ]


def _diff(made: BaseForm, name: str, before: list[str], after: list[str]) -> Markup:
    return text.marked_diff(*(_in_words(_field(made, name), each) for each in (before, after)))


def _in_words(field: Any, values: list[str]) -> str:
    """What was typed; of what was chosen its label."""
    if isinstance(field, SelectFieldBase):
        given = field.iter_choices() if getattr(field, "choices", None) else ()
        labels = {str(value): str(label) for value, label, *_more in given}
        return ", ".join(labels.get(value, value) for value in values) or _("Nothing chosen")
    if field.type == "BooleanField":
        return _("Ticked") if values else _("Not ticked")
    return _plain(values)


def _plain(values: list[str]) -> str:
    return "\n".join(values).replace("\r\n", "\n")


def _label(made: BaseForm, name: str) -> str:
    return str(_field(made, name).label.text)


def _field(made: BaseForm, name: str) -> Any:
    """By the name that is sent, which may begin with the form's own prefix."""
    return next(one for one in made if one.name == name)


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
