"""Settling, on the desk, what of the library no longer stands or leads elsewhere or nowhere."""

from flask import Response, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock
from discussion.debate.evidence.forms import SettleForm
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import AlreadyThere, settle_item
from discussion.debate.evidence.queries.finding import find_item
from discussion.debate.evidence.queries.library import address
from discussion.debate.evidence.queries.selecting import UNCHECKED, Selection
from discussion.debate.evidence.queries.settling import settle_page
from discussion.debate.evidence.views import blueprint
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.going_on import NEXT
from discussion.decisions.operations.refusing import AlreadyDecided
from discussion.decisions.queries.overtaken import decided_meanwhile
from discussion.decisions.shapes import Filters, Overtaken
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Invalid, Problem
from discussion.series.series.queries.reading import find_series
from discussion.subjects.finding import subject_of
from discussion.web.doorway import begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN
from discussion.web.site import site


@blueprint.get("/evidence/<slug>/unchecked")
def unchecked(slug: str) -> AnyResponse:
    """The links that nobody has looked at yet."""
    series = or_404(find_series(session(), viewer(), slug))
    return redirect(address(series, Selection(link=UNCHECKED)), 303)


@blueprint.get("/evidence/<slug>/<public_id>/settle")
def settle(slug: str, public_id: str) -> Response:
    return _opened(_item(slug, public_id), SettleForm())


@blueprint.post("/evidence/<slug>/<public_id>/settle")
def keep_settlement(slug: str, public_id: str) -> AnyResponse:
    """Decide, and go on to the next."""
    item, form = _item(slug, public_id), SettleForm.posted()
    require(viewer(), May.JUDGE_ITEM, item)
    try:
        decision = settle_item(session(), viewer(), item, form.draft(), now=clock.now())
    except Invalid as wrong:
        for problem in wrong.problems:
            form.say(problem)
    except AlreadyThere as there:
        sentence = _(
            "Another item of the library has this address: %(title)s", title=there.item.title
        )
        form.say(Problem("action", sentence))
    except (AlreadyDecided, Taken) as overtaken:
        begin_again()
        item = _item(slug, public_id)
        form.overtaken = _overtaken(overtaken, item, form)
    else:
        flash(_("%(done)s.", done=ACTIONS[decision.action]), "done")
        after, filters = request.form.get("next", ""), Filters.read(request.args)
        url = NEXT()(session(), or_404(viewer()), after=after, filters=filters, now=clock.now())
        return redirect(url, 303)
    return _opened(item, form, status=OVERTAKEN if form.overtaken else 422)


def _overtaken(overtaken: Exception, item: EvidenceItem, form: SettleForm) -> Overtaken:
    if isinstance(overtaken, Taken):
        return Overtaken(str(overtaken))
    return decided_meanwhile(
        session(),
        or_404(viewer()),
        item.series,
        subject_of(item).key,
        seen=form.decided.data or "",
    )


def _item(slug: str, public_id: str) -> EvidenceItem:
    item = or_404(find_item(session(), viewer(), slug, public_id))
    require(viewer(), May.MODERATE, item)
    return item


def _opened(item: EvidenceItem, form: SettleForm, *, status: int = 200) -> Response:
    page = settle_page(
        session(),
        or_404(viewer()),
        item,
        site().settings.public_url,
        filters=Filters.read(request.args),
        now=clock.now(),
    )
    return answer("evidence/settle.html", page, form=form, status=status)
