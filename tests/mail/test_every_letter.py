"""Every letter that there is: what it is about, where it leads, who sends it, how it begins.

A new template fails here until LETTERS says how its matter is made and which address is its own.
"""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response, ValueTag
from discussion.debate.threads.models import Regrouping, Steelman, Thread, ThreadSummary
from discussion.decisions.models import Decision
from discussion.jobs.models import Job
from discussion.jobs.registry import Mail
from discussion.mail.envelope import envelope
from discussion.oversight.appeals.models import Appeal, AppealOutcome
from discussion.oversight.duties.models import DutyRecord
from discussion.oversight.reports.models import Report
from discussion.oversight.rights.models import DataCopy, Leaving
from discussion.people.accounts.models import AccountSession, AddressChange, MailedLink, Person
from discussion.reach.announcements.models import Announcement
from discussion.reach.needed.models import Looking, Origin, Question
from discussion.reach.notices.models import Notice, NoticeLetter
from discussion.reach.publications.models import Quoting
from discussion.reach.publications.operations.composing import begin_briefing
from discussion.series.members.invitations import hash_of, secret_of
from discussion.series.members.models import Invitation, Membership
from discussion.series.values.models import ValueProposal
from discussion.web.site import site
from discussion.weighing.practice.keys import address_key, link_of
from discussion.weighing.practice.keys import hash_of as link_hash_of
from discussion.weighing.practice.models import RunInvitation
from discussion.wiring.later import everything_later
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_round,
    make_scale,
    make_statement,
    make_thread,
)
from tests.factories.practice import make_instrument, make_organisation, make_run
from tests.factories.scenes import Scene

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"
# Where everybody goes who has any business there: no letter's matter.
DESKS = ("/", "/moderation", "/positions/mine", "/reports", "/appeals", "/accounts/profile")
# Whose matter is the account: they bear the site's name and lead where one signs in, or to a link.
OF_THE_SITE = ("accounts", "rights", "duties")
Made = tuple[dict[str, Any], str]  # the ids of the promise, and the path that it has to lead to
Making = Callable[["Desk"], Made]


class Desk(Scene):
    """A series with whoever letters go to, and a position of its own for each letter."""

    def __init__(self, session: Session, **changes: Any) -> None:
        super().__init__(session, title="Mapping the Way, Zoë & Co", **changes)
        asha = make_person(session, display_name="Asha")
        self.person = make_member(session, self.series, asha)  # who is written to

    def add(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row

    @property
    def other(self) -> Person:
        return make_member(self.session, self.series, role="moderator")

    def new_thread(self, **changes: Any) -> Thread:
        return make_thread(self.session, self.series, **changes)

    def new_position(self, **changes: Any) -> Position:
        return make_position(self.session, self.new_thread(), self.person, **changes)

    def response(self) -> Response:
        return make_response(
            self.session, make_position(self.session, self.new_thread()), self.person
        )

    def decision(self, kind: str, subject_id: str, action: str, **changes: Any) -> Decision:
        row: Decision = self.add(
            Decision(series_id=self.series.id, subject_kind=kind, subject_id=subject_id,
                     action=action, why="It names no school.", addressed_to_id=self.person.id,
                     decided_by_id=self.other.id, decided_by_role="moderator", at=NOW, **changes)
        )  # fmt: skip
        return row

    def administers(self) -> None:
        self.person.is_administrator = True
        self.session.flush()

    def moderates(self) -> None:
        self.membership_of(self.person).role = "moderator"
        self.session.flush()


def _decided(kind: str, action: str, lead: str = "") -> Making:
    def make(desk: Desk) -> Made:
        match kind:
            case "position":
                row: Any = desk.new_position()
                path = f"/positions/{row.public_id}{lead}"
            case "response":
                row = desk.response()
                path = f"/positions/{row.position.public_id}"
                path += f"/responses/{row.public_id}{lead}" if lead else ""
            case "evidence":
                row = make_item(desk.session, desk.series, added_by_id=desk.person.id)
                path = f"/evidence/{desk.series.slug}/{row.public_id}"
            case "looking":
                row, path = _looking(desk)
            case "thread":
                row = desk.new_thread(proposed_by_id=desk.person.id)
                path = f"/threads/{row.slug}"
        decision = desk.decision(kind, row.public_id, action)
        return {"decision": decision.id}, path

    return make


def _looking(desk: Desk) -> tuple[Looking, str]:
    source = desk.new_position()
    assert source.live is not None
    source.live.change_mind_text = "A count."
    question = desk.add(
        Question(series=source.thread.series, text="Is it so?", made_at=NOW, changed_at=NOW,
                 origins=[Origin(reason="mind", subject=source.public_id)])
    )  # fmt: skip
    looking = desk.add(Looking(question=question, person_id=desk.person.id, who="A team",
                               state="live", sent_at=NOW, decided_at=NOW))  # fmt: skip
    return looking, f"/needed/{source.thread.series.slug}/{question.public_id}#looking"


def _sanctioned(desk: Desk) -> Made:
    decision = desk.decision("person", desk.person.public_id, "pause")
    return {"decision": decision.id}, f"/appeals/{decision.public_id}"


def _link(purpose: str, path: str) -> Making:
    def make(desk: Desk) -> Made:
        link = desk.add(
            MailedLink(person_id=desk.person.id, purpose=purpose, email=desk.person.email,
                       created_at=NOW, expires_at=NOW + timedelta(days=1))
        )  # fmt: skip
        return {"link": link.id}, path

    return make


def _moving(desk: Desk, **changes: Any) -> AddressChange:
    change: AddressChange = desk.add(
        AddressChange(person_id=desk.person.id, old_email=desk.person.email,
                      new_email="new@example.org", asked_at=NOW, due_at=NOW, **changes)
    )  # fmt: skip
    return change


def _change(path: str, *, purpose: str = "", **changes: Any) -> Making:
    def make(desk: Desk) -> Made:
        link = _link(purpose, path)(desk)[0]["link"] if purpose else None
        return {"change": _moving(desk, **changes).id, "link": link}, path

    return make


def _new_device(desk: Desk) -> Made:
    row = desk.add(
        AccountSession(key=f"{desk.person.id:064}", person_id=desk.person.id,
                       device="Firefox on Windows", made_at=NOW, last_seen_at=NOW, password_at=NOW)
    )  # fmt: skip
    return {"session": row.id}, "/accounts/profile#sessions"


def _appealed(desk: Desk) -> Appeal:
    row = desk.decision("position", desk.new_position().public_id, "hide")
    appeal: Appeal = desk.add(
        Appeal(decision_id=row.id, series_id=desk.series.id, made_by_id=desk.person.id,
               text="It names nobody.", at=NOW)
    )  # fmt: skip
    return appeal


def _answered(desk: Desk) -> Made:
    appeal = _appealed(desk)
    desk.add(
        AppealOutcome(appeal_id=appeal.id, outcome="stands", why="It does.",
                      reviewed_by_id=desk.other.id, reviewed_by_role="moderator", at=NOW)
    )  # fmt: skip
    return {"appeal": appeal.id}, f"/appeals/{appeal.decision.public_id}"


def _left(desk: Desk) -> Made:
    author = make_member(desk.session, desk.series)
    decided = make_position(desk.session, desk.new_thread(), author)
    row = desk.decision("position", decided.public_id, "hide")
    row = desk.add(
        Appeal(decision_id=row.id, series_id=desk.series.id, made_by_id=author.id, text="No.",
               at=NOW)
    )  # fmt: skip
    desk.administers()
    return {"appeal": row.id}, f"/appeals/desk/{row.public_id}"


def _report(desk: Desk, **changes: Any) -> Report:
    subject = make_position(desk.session, desk.new_thread())
    fields = {"reporter_id": desk.person.id, "reason": "off_topic", "received_at": NOW}
    row: Report = desk.add(
        Report(series_id=desk.series.id, subject_kind="position", subject_id=subject.public_id,
               **fields | changes)
    )  # fmt: skip
    return row


def _receipt(desk: Desk) -> Made:
    report = _report(desk, reporter_id=None, reporter_email=desk.person.email)
    return {"report": report.id}, f"/reports/receipt/{report.public_id}"


def _report_answered(desk: Desk) -> Made:
    report = _report(desk, status="answered", answered_at=NOW)
    return {"report": report.id}, f"/reports/receipt/{report.public_id}"


def _report_left(desk: Desk) -> Made:
    report = _report(desk, is_urgent=True, reason="safeguarding", reporter_id=None)
    desk.administers()
    return {"report": report.id}, f"/reports/desk/{report.public_id}"


def _hidden(desk: Desk) -> Made:
    row = desk.new_position(state="hidden")
    return {"kind": "position", "subject": row.public_id}, f"/positions/{row.public_id}"


def _asked_of_practice(state: str) -> Making:
    def make(desk: Desk) -> Made:
        organisation = make_organisation(desk.session, desk.series)
        run = make_run(desk.session, organisation, make_instrument(desk.session, desk.series),
                       state=state)  # fmt: skip
        secret = site().raters_secret
        row = desk.add(
            RunInvitation(run_id=run.id, unit_id=run.units[0].id, role="staff", link_hash="",
                          email=desk.person.email,
                          address_key=address_key(secret, run.public_id, "x@y.z"))
        )  # fmt: skip
        link = link_of(secret, row.public_id)
        row.link_hash = link_hash_of(link)
        desk.session.flush()
        return {"invitation": row.id}, f"/practice/answer/{link}"

    return make


def _due(desk: Desk) -> Made:
    desk.moderates()
    report = _report(desk, reporter_id=None, received_at=NOW - timedelta(days=30))
    return {}, f"/reports/desk/{report.public_id}"


def _urgent(desk: Desk) -> Made:
    desk.moderates()
    report = _report(desk, reporter_id=None, is_urgent=True, reason="safeguarding")
    return {}, f"/reports/desk/{report.public_id}"


def _announced(desk: Desk) -> Made:
    row = desk.add(
        Announcement(series_id=desk.series.id, title="We meet in June", text="Come to Hexham.",
                     written_by_id=desk.other.id, made_at=NOW)
    )  # fmt: skip
    return {"announcement": row.id}, f"/series/{desk.series.slug}"


def _week(desk: Desk) -> Made:
    desk.membership_of(desk.person).role = "convener"
    desk.session.flush()
    make_position(desk.session, desk.new_thread(), first_published_at=NOW - timedelta(days=1))
    return {
        "series": desk.series.id,
        "until": NOW.date().isoformat(),
    }, f"/series/{desk.series.slug}"


def _review(desk: Desk) -> Made:
    desk.administers()
    desk.add(
        DutyRecord(kind="illegal-content-risk-assessment", version=desk.person.id, text="W",
                   html="<p>W</p>", code_version="2026", review_on=NOW.date(),
                   written_by_id=desk.person.id, written_at=NOW)
    )  # fmt: skip
    return {}, "/duties/illegal-content-risk-assessment"


def _copy(desk: Desk) -> Made:
    row = desk.add(DataCopy(person_id=desk.person.id, asked_at=NOW, ready_at=NOW,
                            expires_at=NOW + timedelta(days=7)))  # fmt: skip
    return {"copy": row.id}, "/rights"


def _leaving(desk: Desk) -> Made:
    row = desk.add(Leaving(person_id=desk.person.id, choice="keep", asked_at=NOW, due_at=NOW))
    return {"leaving": row.id}, "/rights/leave"


def _rounds(desk: Desk) -> Made:
    thread = desk.new_thread(stage="weighing")
    statement = make_statement(desk.session, thread, made_by=desk.other)
    row = make_round(desk.session, thread, statement, state="open", number=1,
                     made_by_id=desk.other.id, opened_at=NOW, closed_at=None,
                     closes_at=NOW + timedelta(days=9))  # fmt: skip
    return {"round": row.id}, f"/rounds/{thread.slug}/1/rate"


def _fair(desk: Desk) -> Made:
    row = desk.new_position()
    statement = make_statement(desk.session, row.thread, row, made_by=desk.other)
    from discussion.weighing.statements.operations.asking import ask_authors

    ask_authors(desk.session, row.thread, statement.versions[0], [row], NOW)
    path = f"/rounds/{row.thread.slug}/statements/{statement.public_id}/fair"
    return {"thread": row.thread_id}, path


def _invited(desk: Desk) -> Made:
    row = Invitation(series_id=desk.series.id, role="contributor", email=desk.person.email,
                     made_by_id=desk.other.id, created_at=NOW, secret_hash="x",
                     expires_at=NOW + timedelta(days=9))  # fmt: skip
    desk.add(row)
    secret = secret_of(str(current_app.config["SECRET_KEY"]), row.public_id)
    row.secret_hash = hash_of(secret)
    desk.session.flush()
    return {"invitation": row.id}, f"/invitations/{secret}"


def _member(desk: Desk) -> Made:
    row = desk.session.query(Membership).filter_by(person_id=desk.person.id).one()
    return {"membership": row.id}, f"/series/{desk.series.slug}"


def _one_moderator(desk: Desk) -> Made:
    desk.administers()
    return {"series": desk.series.id}, f"/series/{desk.series.slug}/members"


def _ends(desk: Desk) -> Made:
    row = desk.session.query(Membership).filter_by(person_id=desk.person.id).one()
    row.role = "convener"
    series = desk.series
    series.ends_on = series.end_asked_for = NOW.date()
    series.end_asked_at = NOW
    desk.session.flush()
    return {"series": series.id}, f"/series/{series.slug}/settings"


def _ended(desk: Desk) -> Made:
    made = _ends(desk)
    desk.series.status = "closed"
    desk.session.flush()
    return made


def _placed(desk: Desk) -> Made:
    row, old = desk.new_position(), desk.series.scales[0]
    new = make_scale(desk.session, desk.series, replaces=[old.slug])
    assert row.live is not None
    row.live.placements, row.live.place_words = {old.slug: 0.5}, {old.slug: "in the middle"}
    desk.session.flush()
    return {"position": row.id, "scale": new.id}, f"/positions/{row.public_id}"


def _proposed(desk: Desk) -> Made:
    row, value = desk.new_position(), desk.series.values[0]
    proposal = desk.add(
        ValueProposal(series_id=desk.series.id, label="Joy", proposed_by_id=desk.person.id,
                      state="accepted", value_id=value.id, created_at=NOW)
    )  # fmt: skip
    desk.add(ValueTag(revision=row.live, proposal=proposal, rank=3))
    decision = desk.decision("value", proposal.public_id, "approve")
    ids = {"proposal": proposal.id, "decision": decision.id}
    return ids, f"/values/{desk.series.slug}/{value.slug}"


def _proposal(action: str, lead: Callable[[Thread, Decision], str]) -> Making:
    def make(desk: Desk) -> Made:
        thread = desk.new_thread(proposed_by_id=desk.person.id, is_hidden=action == "decline")
        decision = desk.decision("thread", thread.public_id, action)
        return {"thread": thread.id, "decision": decision.id}, lead(thread, decision)

    return make


def _moved(desk: Desk) -> Made:
    row, before = desk.new_position(), desk.new_thread()
    decision = desk.decision("position", row.public_id, "move")
    regrouping = desk.add(
        Regrouping(kind="move", source_id=before.id, target_id=row.thread_id,
                   decision_id=decision.id, moved=[row.public_id], at=NOW)
    )  # fmt: skip
    ids = {"regrouping": regrouping.id, "decision": decision.id, "positions": [row.id]}
    return ids, f"/positions/{row.public_id}"


def _steelman(desk: Desk) -> Made:
    row = desk.new_position()
    summary = desk.add(
        ThreadSummary(thread_id=row.thread_id, version=1, text="Two roads.", html="<p>Two.</p>",
                      written_by_id=desk.other.id, written_at=NOW)
    )  # fmt: skip
    put = desk.add(Steelman(summary_id=summary.id, position_id=row.id, text="At its best."))
    path = f"/threads/{row.thread.slug}/summary/{row.public_id}"
    return {"position": row.id, "steelman": put.id}, path


def _quoted(desk: Desk) -> Made:
    row = desk.new_position()
    briefing = begin_briefing(
        desk.session, desk.as_(desk.other), desk.series, thread=row.thread, now=NOW
    )
    quoting = desk.add(
        Quoting(publication=briefing, position_id=row.id, words_hash="", told_at=NOW,
                until=NOW.date(), objection="Out of place.", answer="It is moved.")
    )  # fmt: skip
    return {"quoting": quoting.id}, f"/publications/quoted/{quoting.public_id}"


def _moves_soon(desk: Desk) -> Made:
    day = NOW.date() + timedelta(days=2)
    thread = desk.new_thread(stage="open", weighing_on=day)
    return {"moves": [[thread.id, thread.cycle, "weighing", day.isoformat()]]}, (
        f"/threads/{thread.slug}"
    )


def _waits(anchor: str, **changes: Any) -> Making:
    def make(desk: Desk) -> Made:
        desk.moderates()
        thread = desk.new_thread(**changes)
        return {}, f"/threads/{thread.slug}/curate#{anchor}"

    return make


def _needs_days(desk: Desk) -> Made:
    desk.moderates()
    thread = desk.new_thread(stage="open")
    statement = make_statement(desk.session, thread, made_by=desk.other)
    make_round(desk.session, thread, statement, state="planned", number=1, opened_at=None,
               closed_at=None, made_by_id=desk.other.id, opens_at=NOW - timedelta(days=9),
               closes_at=NOW - timedelta(days=2))  # fmt: skip
    return {}, f"/rounds/{thread.slug}/plan"


def _merged(desk: Desk) -> Made:
    value, into = desk.series.values[:2]
    row = desk.new_position()
    value.replaced_by_id, value.retired_at = into.id, NOW
    desk.session.flush()
    ids = {"position": row.id, "value": value.id, "into": into.id}
    return ids, f"/positions/{row.public_id}"


def _look(desk: Desk) -> Made:
    item = make_item(desk.session, desk.series, status="retracted")
    row = desk.new_position(item=item)
    return {"item": item.id, "about": "retracted"}, f"/positions/{row.public_id}"


def _heard(desk: Desk) -> Made:
    row = desk.new_position()
    response = make_response(desk.session, row)
    letter = desk.add(
        NoticeLetter(person_id=desk.person.id, rhythm="at_once", since=NOW, until=NOW, made_at=NOW)
    )
    desk.add(
        Notice(person_id=desk.person.id, kind="answered", what="answered",
               ids={"response": response.id}, key=f"response-{response.id}", at=NOW,
               letter_id=letter.id)
    )  # fmt: skip
    return {"letter": letter.id}, f"/positions/{row.public_id}"


YESTERDAY = NOW.date() - timedelta(days=1)
# template → what happened, in every way in which its letter leads somewhere else
LETTERS: dict[str, tuple[Making, ...]] = {
    "accounts/confirm": (_link("confirm", "/accounts/confirm/"),),
    "accounts/reset": (_link("reset", "/accounts/reset/"),),
    "accounts/change_old": (_link("change_old", "/accounts/address/"),),
    "accounts/change_new": (_link("change_new", "/accounts/address/"),),
    "accounts/change_waits": (_change("/accounts/address/", purpose="change_old"),),
    "accounts/change_made": (_change("/accounts/address/", purpose="change_back", changed_at=NOW),),
    "accounts/change_done": (_change("/accounts/sign-in", changed_at=NOW),),
    "accounts/change_stopped": (_change("/accounts/sign-in", ended_at=NOW, ended_how="old"),),
    "accounts/change_reversed": (_change("/accounts/reset", ended_at=NOW, ended_how="reversed"),),
    "accounts/registered": (lambda _desk: ({}, "/accounts/sign-in"),),
    "accounts/password_changed": (lambda _desk: ({}, "/accounts/reset"),),
    "accounts/new_device": (_new_device,),
    "appeals/answered": (_answered,),
    "appeals/left_to_you": (_left,),
    "duties/review": (_review,),
    "evidence/look": (_look,),
    "moderation/decision": (
        _decided("position", "approve"),
        _decided("position", "send_back", "/revise"),
        _decided("position", "hide"),
        _decided("response", "approve"),
        _decided("response", "ask_edit", "/revise"),
        _decided("evidence", "restore"),
        _decided("thread", "restore"),
        _decided("looking", "decline"),
        _sanctioned,
    ),
    "moderation/due": (_due,),
    "moderation/urgent": (_urgent,),
    "moderation/waits": (_due,),
    "announcements/said": (_announced,),
    "announcements/week": (_week,),
    "practice/invited": (_asked_of_practice("open"),),
    "practice/reminded": (_asked_of_practice("open"),),
    "practice/closed": (_asked_of_practice("closed"),),
    "reports/receipt": (_receipt,),
    "reports/answered": (_report_answered,),
    "reports/hidden": (_hidden,),
    "reports/left_to_you": (_report_left,),
    "rights/copy_ready": (_copy,),
    "rights/leaving": (_leaving,),
    "rights/leaving_soon": (_leaving,),
    "rights/held": (_leaving,),
    "rounds/opened": (_rounds,),
    "rounds/closes_soon": (_rounds,),
    "rounds/fair": (_fair,),
    "series/invited": (_invited,),
    "series/admitted": (_member,),
    "series/role_changed": (_member,),
    "series/one_moderator": (_one_moderator,),
    "series/ends_soon": (_ends,),
    "series/ended": (_ended,),
    "series/place_asked": (_placed,),
    "series/proposal_answered": (_proposed,),
    "threads/opened": (_proposal("open", lambda thread, _made: f"/threads/{thread.slug}"),),
    "threads/merged": (_proposal("merge", lambda thread, _made: f"/threads/{thread.slug}"),),
    # The thread is not shown to its proposer any more: the decision is what is left of it.
    "threads/declined": (_proposal("decline", lambda _row, made: f"/appeals/{made.public_id}"),),
    "threads/moved": (_moved,),
    "threads/steelman": (_steelman,),
    "notices/letter": (_heard,),
    "publications/quoted": (_quoted,),
    "publications/answered": (_quoted,),
    "threads/moves_soon": (_moves_soon,),
    "threads/needs_round": (_waits("stage", stage="open", weighing_on=YESTERDAY),),
    "threads/needs_outcome": (_waits("stage", stage="making_sense", closed_on=YESTERDAY),),
    "threads/review_due": (_waits("review", stage="closed", review_on=YESTERDAY),),
    "threads/needs_days": (_needs_days,),
    "values/merged": (_merged,),
}
EACH = [
    pytest.param(template, make, id=f"{template}-{number}")
    for template, makes in LETTERS.items()
    for number, make in enumerate(makes)
]


def test_every_letter_that_a_room_writes_is_read_here() -> None:
    assert set(LETTERS) == set(everything_later().mails)


@pytest.mark.parametrize(("template", "make"), EACH)
def test_a_letter_leads_its_receiver_to_what_it_is_about(
    app: Flask, client: FlaskClient, session: Session, template: str, make: Making
) -> None:
    with time_machine.travel(NOW, tick=False):
        desk = Desk(session)
        letter, path = _written(app, desk, template, make)
        links = re.findall(r"https?://\S+", letter.body)
        led = [link for link in links if urlsplit(link)._replace(scheme="", netloc="").geturl()
               .startswith(path)]  # fmt: skip
        assert led, f"{template} leads to {links}, and not to {path}"
        found = urlsplit(led[0])
        assert f"{found.path}#{found.fragment}".rstrip("#") not in DESKS
        if not template.startswith("accounts/"):  # whose links speak for themselves
            sign_in(client, desk.person)
        answered = client.get(f"{found.path}?{found.query}", follow_redirects=True)
        assert answered.status_code == 200, f"{led[0]} answers {answered.status_code}"


@pytest.mark.parametrize("template", LETTERS)
def test_a_letter_names_its_series_where_anybody_may_know_of_it(
    app: Flask, session: Session, template: str
) -> None:
    """Sender and subject are read over shoulders and in logs; only the letter itself says more."""
    is_of_site = template.partition("/")[0] in OF_THE_SITE
    for visibility in ("public", "members"):
        with time_machine.travel(NOW, tick=False):
            desk = Desk(session, visibility=visibility)
            letter, _path = _written(app, desk, template, LETTERS[template][0])
            message = _sent(app, letter)
        title, sender = desk.series.title, message["From"].addresses[0].display_name
        if is_of_site:
            assert sender == app.extensions["site"].settings.site_name
        elif visibility == "public":
            assert sender == title
        assert (title in letter.body) is not is_of_site
        assert visibility == "public" or title not in f"{sender}\n{letter.subject}"
        first = next(line for line in letter.body.splitlines() if line and "Dear" not in line)
        for said in (first, letter.subject):
            assert said[0].isupper() or said[0] in "“0123456789", said
        assert str(message["Content-Language"]).startswith("en-GB")


def test_a_letter_that_quotes_another_language_says_so(app: Flask, session: Session) -> None:
    with time_machine.travel(NOW, tick=False):
        desk = Desk(session)
        ids, _path = _steelman(desk)
        position = session.get_one(Position, ids["position"])
        position.thread.language = "cy"
        session.flush()
        session.expire_all()
        letter = _write(app, desk, "threads/steelman", ids)
        assert _sent(app, letter)["Content-Language"] == "en-GB, cy"


def test_templates_of_letters_are_all_used() -> None:
    names = {str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.rglob("*.txt")}
    parts = {name for name in names if name.rpartition("/")[2].startswith("_")}
    assert names - parts == set(LETTERS) | {"accounts/ran_out", "notices/footed"}


def _written(app: Flask, desk: Desk, template: str, make: Making) -> tuple[Mail, str]:
    with app.test_request_context():
        ids, path = make(desk)
    return _write(app, desk, template, ids), path


def _write(app: Flask, desk: Desk, template: str, ids: Mapping[str, Any]) -> Mail:
    desk.session.flush()
    payload = {"template": template, "person_id": desk.person.id, "ids": ids}
    with app.test_request_context():
        letter = everything_later().mails[template](desk.session, payload)
    assert letter is not None, f"{template} is not written"
    return letter


def _sent(app: Flask, letter: Mail) -> EmailMessage:
    with app.test_request_context():
        return envelope(letter, Job(id=1, created_at=NOW), site().settings, NOW)
