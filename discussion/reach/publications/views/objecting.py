"""For somebody who is quoted: how, and until when they may object."""

from flask import Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Refused
from discussion.reach.publications.forms import ObjectForm
from discussion.reach.publications.models import Quoting
from discussion.reach.publications.operations.telling import object_to
from discussion.reach.publications.queries.composing.quoted import find_quoting, quoted_page
from discussion.reach.publications.views import blueprint
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private


@blueprint.get("/publications/quoted/<public_id>")
def quoted(public_id: str) -> Response:
    """How one is quoted; for the author alone."""
    return _show(_own(public_id))


@blueprint.post("/publications/quoted/<public_id>")
def send_objection(public_id: str) -> AnyResponse:
    """What is unfair about it."""
    row, form = _own(public_id), ObjectForm.posted()
    try:
        object_to(session(), acting(May.OBJECT), row, why=form.why.data or "", now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        begin_again()
        return _show(_own(public_id), form, status=422)
    except Refused as refused:
        form.why.errors = [refused.sentence]
        begin_again()
        return _show(_own(public_id), form, status=422)
    flash(_("The moderators have your objection. They answer before it is published."), "done")
    return redirect(paths.quoted(public_id), 303)


def _own(public_id: str) -> Quoting:
    """Signed out, one is asked to sign in; for everybody else there is no such page."""
    if viewer() is None:
        acting(May.OBJECT)
    row = or_404(find_quoting(session(), viewer(), public_id))
    require(viewer(), May.OBJECT, row)
    return row


def _show(row: Quoting, form: ObjectForm | None = None, *, status: int = 200) -> Response:
    page = quoted_page(session(), row)
    response = answer(
        "publications/quoted.html",
        page,
        form=form or ObjectForm(data={"why": page.objection}),
        status=status,
        series=(page.series_slug, page.series_title),
    )
    return private(response)
