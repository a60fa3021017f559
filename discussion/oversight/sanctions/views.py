"""Sanctions in the browser."""

from flask import Blueprint, Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.shapes import Overtaken
from discussion.language import _
from discussion.oversight.sanctions.forms import LiftForm, SanctionForm
from discussion.oversight.sanctions.operations import lift, sanction
from discussion.oversight.sanctions.queries import pages
from discussion.oversight.sanctions.queries.finding import (
    find_author,
    find_named,
    find_sanction,
    find_written,
)
from discussion.permissions.may import May
from discussion.problems import TooLate
from discussion.series.members.models import Membership
from discussion.series.series.queries.reading import find_series
from discussion.subjects.kinds import Subject
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN

blueprint = Blueprint("sanctions", __name__)
KIND = "<any(positions,responses,threads,evidence):kind>"


@blueprint.get("/sanctions/<slug>")
def series(slug: str) -> Response:
    """What holds in a series, and what held."""
    return _list(slug, LiftForm())


@blueprint.get(f"/sanctions/{KIND}/<public_id>")
def author(kind: str, public_id: str) -> Response:
    """Asking something of whoever wrote this, who is not named."""
    subject = or_404(find_written(session(), viewer(), kind, public_id))
    page = pages.make_page(session(), viewer(), subject)
    return _show(page, SanctionForm().offer(page))


@blueprint.post(f"/sanctions/{KIND}/<public_id>")
def sanction_author(kind: str, public_id: str) -> AnyResponse:
    subject = or_404(find_written(session(), viewer(), kind, public_id))
    page = pages.make_page(session(), viewer(), subject)
    return _take(page, or_404(find_author(session(), subject)), subject)


@blueprint.get("/sanctions/members/<series>/<person>")
def member(series: str, person: str) -> Response:
    """Asking something of a member by name."""
    page = pages.make_named_page(viewer(), _member(series, person))
    return _show(page, SanctionForm().offer(page))


@blueprint.post("/sanctions/members/<series>/<person>")
def sanction_member(series: str, person: str) -> AnyResponse:
    row = _member(series, person)
    return _take(pages.make_named_page(viewer(), row), row, None)


@blueprint.post("/sanctions/lift/<public_id>")
def send_lift(public_id: str) -> AnyResponse:
    """End one before its day."""
    row = or_404(find_sanction(session(), viewer(), public_id))
    form = LiftForm.posted()
    form.sent_to = public_id
    slug = row.series.slug
    try:
        if form.validate() and form.does(
            lift, session(), acting(May.SANCTION), row, why=form.why.data or "", now=clock.now()
        ):
            flash(_("It is lifted. The person is told."), "done")
            return redirect(paths.sanctions(slug), 303)
    except TooLate as late:  # nobody is told who asked something of whom, nor who lifted it
        begin_again()
        form.overtaken = Overtaken(str(late))
    return _list(slug, form, status=OVERTAKEN if form.overtaken else 422)


def _take(page: pages.MakePage, membership: Membership, about: Subject | None) -> AnyResponse:
    form = SanctionForm.posted().offer(page)
    if form.validate() and form.does(
        sanction,
        session(),
        acting(May.SANCTION),
        membership,
        form.draft(),
        about=about,
        now=clock.now(),
    ):
        flash(_("Done. The person is told why, until when, and how to appeal."), "done")
        return redirect(page.list_url, 303)
    return _show(page, form, status=422)


def _member(slug: str, person: str) -> Membership:
    row = or_404(find_series(session(), viewer(), slug))
    return or_404(find_named(session(), viewer(), row, person))


def _show(page: pages.MakePage, form: SanctionForm, *, status: int = 200) -> Response:
    return answer(
        "sanctions/make.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )


def _list(slug: str, form: LiftForm, *, status: int = 200) -> Response:
    page = or_404(pages.list_page(session(), viewer(), slug, clock.now()))
    return answer(
        "sanctions/list.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )
