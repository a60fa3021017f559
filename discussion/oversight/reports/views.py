"""Reports in the browser: the form, the receipt, one's own list, and the desk."""

from flask import Blueprint, Response, current_app, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.refusing import AlreadyDecided, NeedsReason, TooLong
from discussion.decisions.queries.overtaken import decided_meanwhile, newest_decision
from discussion.decisions.shapes import Filters, Overtaken
from discussion.decisions.words import ACTIONS
from discussion.language import _
from discussion.oversight.moderation.operations import take_next
from discussion.oversight.reports.drafts import AnswerDraft
from discussion.oversight.reports.forms import AnswerForm, ReportForm, number_in
from discussion.oversight.reports.operations.answering import answer_reports
from discussion.oversight.reports.operations.reporting import send_report
from discussion.oversight.reports.queries.desk import find_reported_for, reports_desk
from discussion.oversight.reports.queries.own import own_reports_page, receipt_page, report_page
from discussion.oversight.reports.queries.subjects import (
    Matter,
    find_readable,
    is_hidden_meanwhile,
)
from discussion.people.accounts.operations.attempts import count_attempt
from discussion.permissions.may import May
from discussion.subjects.effects import RepeatsWords
from discussion.web.doorway import acting, begin_again, separate_session, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN
from discussion.web.headers import private
from discussion.web.sector import speak_of
from discussion.web.waiting import wait_page

blueprint = Blueprint("reports", __name__)
ONE = "/reports/<any(position,response,evidence,thread,statement,person,looking):kind>/<public_id>"


@blueprint.get(ONE)
def form(kind: str, public_id: str) -> Response:
    """Ask what is wrong with something that one can read."""
    matter = or_404(find_readable(session(), viewer(), kind, public_id))
    version = number_in(request.args.get("version"))
    return _asked(matter, ReportForm(version=str(version or "")), version=version)


@blueprint.post(ONE)
def send(kind: str, public_id: str) -> AnyResponse:
    """Tell the moderators, and give a receipt."""
    typed = ReportForm.posted()
    draft = typed.draft() if typed.validate() else None
    wait = _seconds_to_wait(draft.email) if draft and _is_there(kind, public_id) else 0
    matter = find_readable(session(), viewer(), kind, public_id)
    if matter is None:
        return _hidden_meanwhile(kind, public_id, typed)
    if draft is None:
        version = number_in(typed.version.data)
        return _asked(matter, typed, version=version, status=422)
    if wait:
        page = report_page(viewer(), matter, draft.version)
        return wait_page(
            "reports/form.html", page, typed, wait, series=(page.series_slug, page.series_title)
        )
    report = send_report(session(), viewer(), matter, draft, now=clock.now())
    return redirect(paths.receipt(report.public_id), 303)


@blueprint.get("/reports/receipt/<public_id>")
def receipt(public_id: str) -> Response:
    """What became of a report, for whoever made it."""
    return private(
        answer("reports/receipt.html", or_404(receipt_page(session(), viewer(), public_id)))
    )


@blueprint.get("/reports")
def own() -> Response:
    """What I reported."""
    reader = acting(May.KEEP_ACCOUNT)
    return answer("reports/own.html", own_reports_page(session(), reader))


@blueprint.get("/reports/desk/<public_id>")
def desk(public_id: str) -> Response:
    """Something that was reported, with every open report about it."""
    return _opened(or_404(find_reported_for(session(), viewer(), public_id)), AnswerForm())


@blueprint.post("/reports/desk/<public_id>")
def answer_them(public_id: str) -> AnyResponse:
    """Decide, which answers the reports, and go on to the next; or see the letter first."""
    typed = AnswerForm.posted()
    is_sound = typed.validate()
    draft = typed.draft()
    matter = or_404(find_reported_for(session(), viewer(), public_id))
    if request.form.get("see"):
        if _is_decided_since(matter, draft):
            typed.overtaken = _overtaken(AlreadyDecided(), matter, draft)
            matter = or_404(find_reported_for(session(), viewer(), public_id))
        return _opened(matter, typed, draft, status=OVERTAKEN if typed.overtaken else 200)
    if is_sound:
        try:
            answer_reports(session(), or_404(viewer()), matter, draft, now=clock.now())
        except NeedsReason:
            typed.reason.errors = [_("Choose a reason from the series’ list.")]
        except TooLong:
            typed.why.errors = [_("This is too long.")]
        except RepeatsWords:
            typed.why.errors = [
                _("Your note repeats the words, and it is kept for ever. Write it without them.")
            ]
        except (AlreadyDecided, Taken) as overtaken:
            typed.overtaken = _overtaken(overtaken, matter, draft)
            matter = or_404(find_reported_for(session(), viewer(), public_id))
        else:
            flash(_("%(done)s. Who reported it has been told.", done=ACTIONS[draft.action]), "done")
            return _on_to_the_next()
    return _opened(matter, typed, draft, status=OVERTAKEN if typed.overtaken else 422)


def _is_decided_since(matter: Matter, draft: AnswerDraft) -> bool:
    newest = newest_decision(session(), matter.about.key)
    return draft.decided is not None and draft.decided != newest


def _overtaken(overtaken: Exception, matter: Matter, draft: AnswerDraft) -> Overtaken:
    """Who has it, or who decided what; the form keeps what was typed."""
    series, subject = matter.series, matter.about.key
    opened = begin_again()
    if isinstance(overtaken, Taken):
        return Overtaken(str(overtaken))
    return decided_meanwhile(opened, or_404(viewer()), series, subject, seen=draft.decided or "")


def _on_to_the_next() -> AnyResponse:
    """The next of the queue; the administrator, who has none, comes back to what is theirs."""
    actor, filters = or_404(viewer()), Filters.read(request.args)
    if not actor.series_as("moderator", "convener"):
        return redirect(paths.left_to_administrator(), 303)
    after = request.form.get("next", "")
    return redirect(take_next(session(), actor, after=after, filters=filters, now=clock.now()), 303)


def _opened(
    matter: Matter, typed: AnswerForm, draft: AnswerDraft | None = None, *, status: int = 200
) -> Response:
    speak_of(matter.series.slug)
    page = reports_desk(
        session(),
        or_404(viewer()),
        matter,
        draft=draft,
        filters=Filters.read(request.args),
        now=clock.now(),
    )
    template = "reports/desk.html" if page.frame else "reports/alone.html"
    return answer(template, page, form=typed, status=status)


def _asked(
    matter: Matter, typed: ReportForm, *, version: int | None, status: int = 200
) -> Response:
    page = report_page(viewer(), matter, version)
    series = (page.series_slug, page.series_title)
    return answer("reports/form.html", page, form=typed, status=status, series=series)


def _hidden_meanwhile(kind: str, public_id: str, typed: ReportForm) -> Response:
    """Somebody reported it first, and it was hidden: say so, and give back what was typed."""
    or_404(is_hidden_meanwhile(session(), viewer(), kind, public_id) or None)
    return private(answer("reports/meanwhile.html", None, form=typed, status=OVERTAKEN))


def _is_there(kind: str, public_id: str) -> bool:
    """Asked aside: counting an attempt writes, which must be over before this request writes."""
    with separate_session(writes=False) as reading:
        return find_readable(reading, viewer(), kind, public_id) is not None


def _seconds_to_wait(email: str) -> int:
    """Count a report in a transaction that outlives a refusal; 0 lets it through.

    A member's are counted by themselves, whatever others send. Signed out, the address that is
    asked for stands for the account: nobody's letter-box is filled.
    """
    reader, here = viewer(), request.remote_addr or ""
    kind = "report" if reader else "visitors_report"
    account = reader.public_id if reader else email or f"visitor at {here}"
    with separate_session() as opened:
        secret = str(current_app.secret_key)
        wait = count_attempt(opened, kind, account, here, secret=secret, now=clock.now())
        opened.commit()
    return wait
