"""Redactions in the browser."""

from flask import Blueprint, current_app, flash, redirect, request
from flask import Response as Page
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.decisions.queries.overtaken import decided_meanwhile, newest_decision
from discussion.decisions.shapes import Overtaken
from discussion.language import _
from discussion.oversight.redactions.forms import RedactForm
from discussion.oversight.redactions.operations import redact, undo
from discussion.oversight.redactions.queries.page import (
    find_redactable,
    find_redaction,
    redact_page,
)
from discussion.permissions.facts import series_of
from discussion.permissions.may import May
from discussion.problems import Refused
from discussion.sealing import BrokenSealError, Seal
from discussion.subjects.kinds import Subject
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN
from discussion.web.site import site

blueprint = Blueprint("redactions", __name__)
KIND = "<any(positions,responses,evidence,threads,statements,lookings):kind>"

DID = ("redact", "unredact")


@blueprint.get(f"/redactions/{KIND}/<public_id>")
def page(kind: str, public_id: str) -> Page:
    """Which words are to go, what the gap is called, and for how long the original is kept."""
    subject = or_404(find_redactable(session(), viewer(), kind, public_id))
    return _show(subject, RedactForm(data={"days": site().settings.redaction_days}))


@blueprint.post(f"/redactions/{KIND}/<public_id>")
def send(kind: str, public_id: str) -> AnyResponse:
    """Show every place first; then take out what was shown, if that is still so."""
    form = RedactForm.posted()
    subject = or_404(find_redactable(session(), viewer(), kind, public_id))
    empty = redact_page(session(), viewer(), subject, now=clock.now())
    form.overtaken = _overtaken(subject, form.decided.data)
    if form.overtaken and request.form.get("do") == "redact":
        return _show(subject, form.offer(empty), phrases=form.lines, status=OVERTAKEN)
    if not form.offer(empty).validate():
        return _show(subject, form, status=422)
    shown = redact_page(session(), viewer(), subject, phrases=form.lines, now=clock.now())
    if not (shown.places or shown.withheld):
        form.phrases.errors = [
            _("No version contains these words. Write them exactly as in the text.")
        ]
        return _show(subject, form, phrases=form.lines, status=422)
    if request.form.get("do") != "redact":
        return _show(subject, form, phrases=form.lines)
    if form.seen.data != shown.seen:
        flash(_("The words or texts have changed since you looked. Look again."), "note")
        return _show(subject, form, phrases=form.lines, status=422)
    if form.does(
        redact,
        session(),
        acting(May.REDACT),
        subject,
        form.draft(),
        close=seal().close,
        now=clock.now(),
    ):
        flash(_("Taken out, in every version. The author is told, without the words."), "done")
        return redirect(empty.post_url, 303)
    return _show(subject, form, phrases=form.lines, status=422)


@blueprint.post("/redactions/<public_id>/undo")
def send_undo(public_id: str) -> AnyResponse:
    """Put the words back, while they are kept."""
    row, subject = or_404(find_redaction(session(), viewer(), public_id))
    try:
        left = undo(
            session(),
            acting(May.REDACT),
            row,
            subject,
            open_seal=seal().open,
            close=seal().close,
            now=clock.now(),
        )
    except (Refused, BrokenSealError) as error:
        form = RedactForm(data={"days": site().settings.redaction_days})
        if row.undone_at is not None:
            form.overtaken = _overtaken(subject, "")
            return _show(subject, form, status=OVERTAKEN)
        form.refuse(
            error
            if isinstance(error, Refused)
            else Refused(_("The key has changed since: what was sealed cannot be read."))
        )
        return _show(subject, form, status=422)
    if left:
        flash(
            _(
                "Put back, but not here, where the text has changed since: %(places)s.",
                places="; ".join(left),
            ),
            "note",
        )
    else:
        flash(_("The words are back in place."), "done")
    return redirect(redact_page(session(), viewer(), subject, now=clock.now()).post_url, 303)


def _overtaken(subject: Subject, decided: str | None) -> Overtaken | None:
    """Who took words out, or put some back, since this form was opened."""
    if decided is None or newest_decision(session(), subject.key, did=DID) == decided:
        return None
    series = series_of(subject.row)
    return decided_meanwhile(
        session(), or_404(viewer()), series, subject.key, seen=decided, did=DID
    )


def seal() -> Seal:
    """The site's seal: under its own key, and what was sealed before there was one."""
    return Seal(site().settings.redaction_key, str(current_app.config["SECRET_KEY"]))


def _show(
    subject: Subject, form: RedactForm, *, phrases: tuple[str, ...] | None = None, status: int = 200
) -> Page:
    shown = redact_page(session(), viewer(), subject, phrases=phrases, now=clock.now())
    form.seen.data = shown.seen
    form.decided.data = newest_decision(session(), subject.key, did=DID)
    return answer(
        "redactions/page.html",
        shown,
        form=form.offer(shown),
        status=status,
        series=(shown.series_slug, shown.series_title),
    )
