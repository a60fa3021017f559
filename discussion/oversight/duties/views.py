"""The records that the law asks for."""

from flask import Blueprint, Response, flash, redirect
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.language import _
from discussion.oversight.duties.forms import DutyForm, in_a_year
from discussion.oversight.duties.operations import WrittenMeanwhile, write_record
from discussion.oversight.duties.queries import (
    duties_page,
    first_code,
    first_text,
    record_page,
    write_page,
)
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.versions import versioned

blueprint = Blueprint("duties", __name__)


@blueprint.get("/duties")
def page() -> Response:
    """The records that the reader may read."""
    return answer("duties/page.html", duties_page(session(), viewer(), clock.now()))


@blueprint.get("/duties/<kind>")
def record(kind: str) -> Response:
    shown = or_404(record_page(session(), viewer(), kind, None, clock.now()))
    return answer("duties/record.html", shown)


@blueprint.get("/duties/<kind>/versions/<int:version>")
def version(kind: str, version: int) -> Response:
    shown = or_404(record_page(session(), viewer(), kind, version, clock.now()))
    return answer("duties/record.html", shown)


@blueprint.get("/duties/<kind>/write")
def write(kind: str) -> Response:
    """The form, with the newest version in it, or the prompts where there is none."""
    shown, _newest = or_404(write_page(session(), viewer(), kind))
    return answer("duties/write.html", shown, form=_opened(kind))


def _opened(kind: str) -> DutyForm:
    _shown, newest = or_404(write_page(session(), viewer(), kind))
    return DutyForm(
        data={
            "text": newest.text if newest else first_text(kind),
            "code_version": newest.code_version if newest else first_code(),
            "review_on": clock.today() + in_a_year(),
            "seen": str(newest.version) if newest else "0",
        }
    )


@blueprint.post("/duties/<kind>/write")
@versioned(_opened)
def keep(kind: str) -> AnyResponse:
    form = DutyForm.posted()
    shown, newest = or_404(write_page(session(), viewer(), kind))
    if form.validate():
        try:
            made = write_record(session(), or_404(viewer()), kind, form.draft(), now=clock.now())
        except WrittenMeanwhile:
            begin_again()
            shown, newest = or_404(write_page(session(), viewer(), kind, is_late=True))
            form.text.errors = [
                _("Somebody else wrote a newer version. It is below: combine the two.")
            ]
            form.seen.data = str(newest.version) if newest else "0"
        else:
            flash(_("Version %(number)s is kept.", number=made.version), "done")
            return redirect(shown.record_url, 303)
    return answer("duties/write.html", shown, form=form, status=422)
