"""Reading what people would need to know, and saying that one looks into it."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.debate.threads.queries.head_series import series_head
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.problems import Invalid, Refused
from discussion.reach.needed.forms import LookingForm
from discussion.reach.needed.models import Question
from discussion.reach.needed.operations.looking import say_looking, take_back
from discussion.reach.needed.queries.finding import Leads, find_looking, find_question
from discussion.reach.needed.queries.page import Narrowed, needed_page
from discussion.reach.needed.queries.question import question_page
from discussion.reach.needed.views import blueprint
from discussion.web.bodies import Made, answer_kept
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import SUFFIX, answer, wants_json
from discussion.web.paging import page_asked


@blueprint.get("/needed/<slug>")
def page(slug: str) -> Response:
    """What the people of a series would need to know."""
    asked = {name: request.args.get(name, "") for name in ("level", "status", "why")}
    narrowed = Narrowed(**asked, number=page_asked())

    def make(asker: Viewer | None) -> Made | None:
        shown = needed_page(session(), asker, slug, narrowed)
        return Made(shown, (shown.series_slug, shown.series_title)) if shown else None

    head = series_head(session(), viewer(), slug, tells_replies=True)
    return or_404(answer_kept("needed/page.html", head, make))


@blueprint.get("/needed/<slug>/<question>")
def question(slug: str, question: str) -> AnyResponse:
    """One question; one that was merged leads to the other."""
    row, leads = or_404(find_question(session(), viewer(), slug, question))
    if row.public_id != question:
        url = paths.needed_question(slug, row.public_id)
        return redirect(url + SUFFIX if wants_json() else url, 301)
    return _show(row, leads)


@blueprint.post("/needed/<slug>/<question>/looking")
def send_looking(slug: str, question: str) -> AnyResponse:
    """Somebody says that they look into it."""
    row, _leads = or_404(find_question(session(), viewer(), slug, question))
    form = LookingForm.posted()
    try:
        say_looking(session(), acting(May.LOOK_INTO), row, form.draft(), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
    except Refused as refused:
        form.who.errors = [refused.sentence]
    else:
        flash(_("Sent. A moderator reads it first, and you will get a letter."), "done")
        return redirect(paths.needed_question(slug, row.public_id), 303)
    begin_again()
    return _show(*or_404(find_question(session(), viewer(), slug, question)), form, status=422)


@blueprint.post("/needed/<slug>/<question>/looking/end/<looking>")
def send_take_back(slug: str, question: str, looking: str) -> AnyResponse:
    """Whoever said it says that they do not any more."""
    row, _leads = or_404(find_question(session(), viewer(), slug, question))
    actor = acting(May.END_LOOKING)
    found = or_404(find_looking(session(), row, looking))
    or_404(found if found.person_id == actor.person_id else None)
    take_back(session(), actor, found, now=clock.now())
    flash(_("You are no longer named here. Your words are gone."), "done")
    return redirect(paths.needed_question(slug, row.public_id), 303)


def _show(
    row: Question, leads: Leads, form: LookingForm | None = None, *, status: int = 200
) -> Response:
    shown = question_page(session(), viewer(), row, leads)
    return answer(
        "needed/question.html",
        shown,
        form=form or LookingForm(),
        status=status,
        series=(shown.series_slug, shown.series_title),
    )
