"""/notices/hear: how soon one wants to hear of what, and when."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.problems import Invalid
from discussion.reach.notices.forms import HearForm
from discussion.reach.notices.models import NoticeHours
from discussion.reach.notices.operations.choosing import choose
from discussion.reach.notices.queries.hearing import find_own_hours, hear_page
from discussion.reach.notices.views import blueprint
from discussion.web.doorway import acting, session
from discussion.web.faces import answer
from discussion.web.headers import private


@blueprint.get("/notices/hear")
def hear() -> Response:
    actor = acting(May.KEEP_ACCOUNT)
    return _show(actor, _filled(find_own_hours(session(), actor)), {})


@blueprint.post("/notices/hear")
def keep() -> AnyResponse:
    actor, form = acting(May.KEEP_ACCOUNT), HearForm.posted()
    rhythms = {name: value[:10] for name, value in request.form.items()}
    try:
        choose(session(), actor, form.draft(rhythms), now=clock.now())
    except Invalid as error:
        form.say(*error.problems)
        return _show(actor, form, rhythms, 422)
    flash(_("Kept. Your next letters come as you chose."), "done")
    return redirect(paths.hear(), 303)


def _show(actor: Viewer, form: HearForm, typed: dict[str, str], status: int = 200) -> Response:
    page = hear_page(session(), actor, typed)
    return private(answer("notices/hear.html", page, form=form, status=status))


def _filled(row: NoticeHours | None) -> HearForm:
    if row is None:
        return HearForm(data={"zone": clock.zone().key, "weekday": "0"})
    return HearForm(
        data={
            "zone": row.zone or clock.zone().key,
            "weekday": str(row.weekday),
            "quiet_from": _time(row.quiet_from),
            "quiet_until": _time(row.quiet_until),
            "nothing_until": str(row.nothing_until or ""),
        }
    )


def _time(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"
