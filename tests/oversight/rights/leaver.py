"""Somebody who has written and done everything there is to do, each word of it marked."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.audit.operations import append_event
from discussion.db import Base
from discussion.debate.composing.models import KeptDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.mutes.models import Mute
from discussion.debate.positions.models import (
    EditorsNote,
    Part,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.operations.naming import give_letter
from discussion.debate.threads.models import Steelman, Thread, ThreadSummary
from discussion.decisions.models import Claim, Decision
from discussion.kept.models import KeptForm, SentForm
from discussion.mail.queue import promise_mail
from discussion.oversight.appeals.models import Appeal
from discussion.oversight.moderation.models import Batch, BatchItem
from discussion.oversight.redactions.models import Redaction
from discussion.oversight.reports.models import Report
from discussion.oversight.rights.models import DataCopy, Leaving
from discussion.oversight.sanctions.models import Sanction
from discussion.people.accounts.models import (
    AccountSession,
    AddressChange,
    KnownDevice,
    MailedLink,
    Person,
)
from discussion.reach.announcements.models import Announcement
from discussion.reach.needed.models import Looking, Question
from discussion.reach.notices.models import (
    Follow,
    Notice,
    NoticeChoice,
    NoticeHours,
    NoticeLetter,
    Visit,
)
from discussion.reach.publications.models import Publication, Quoting
from discussion.series.members.models import Invitation
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal
from discussion.weighing.practice.keys import address_key, respondent_key
from discussion.weighing.practice.models import RunInvitation
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.statements.models import Confirmation, Statement, StatementVersion
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_position,
    make_response,
    make_series,
    make_thread,
)
from tests.factories.practice import (
    make_instrument,
    make_organisation,
    make_respondent,
    make_run,
)
from tests.people.accounts.journeys import make_account

SECRET = "a secret for ratings"
LATER = NOW + timedelta(days=31)


@dataclass(frozen=True)
class Marks:
    """The words by which traces of one person are known."""

    key: str

    @property
    def person(self) -> tuple[str, ...]:
        """What says who they are."""
        return (
            f"Quillon {self.key}name",
            f"{self.key}mail",
            f"{self.key}org",
            f"{self.key}interest",
        )

    @property
    def published(self) -> str:
        return f"{self.key}published"

    @property
    def unpublished(self) -> str:
        return f"{self.key}unpublished"

    @property
    def everything(self) -> tuple[str, ...]:
        return (*self.person, self.published, self.unpublished)


@dataclass
class Leaver:
    """The person, and the rows around them that others may look at."""

    person: Person
    marks: Marks
    series: Series
    threads: list[Thread]
    positions: list[Position]
    responses: list[Response]
    items: list[EvidenceItem]
    moderator: Person
    other: Position  # somebody else's
    answer: Response  # somebody else's, to the leaver's
    round: Round


def make_leaver(session: Session, key: str = "qzx", series: Series | None = None) -> Leaver:
    """Everything that hangs on a person, in one series; they moderate another."""
    marks = Marks(key)
    person = make_account(
        session, display_name=f"Quillon {key}name", email=f"{key}mail@example.org",
        organisation=f"{key}org", interests=f"{key}interest", region="london",
        roles=["headteacher"], phases=["secondary"], shows_organisation=True, shows_region=True,
    )  # fmt: skip
    series = series or make_series(session)
    make_member(session, series, person)
    moderator = make_member(session, series, role="moderator")
    for _each in range(6):
        make_member(session, series)
    made = _write(session, series, person, marks, moderator)
    _do(session, made)
    _ask(session, made)
    _moderate(session, made)
    session.flush()
    return made


def leave(session: Session, made: Leaver, choice: str) -> bool:
    """Go through with it, a month after it was asked for, until the last voice has gone."""
    from discussion.oversight.rights.operations.leaving import carry_out, go_over
    from discussion.oversight.rights.words import SPREAD

    leaving = Leaving(person_id=made.person.id, choice=choice, asked_at=NOW,
                      due_at=NOW + timedelta(days=30))  # fmt: skip
    session.add(leaving)
    session.flush()
    done = carry_out(session, leaving, secret=SECRET, now=LATER)
    go_over(session, leaving, secret=SECRET, now=LATER + SPREAD)
    session.flush()
    return done


def dump(session: Session) -> dict[str, str]:
    """Table → all that stands in it."""
    session.flush()
    return {
        table.name: "\n".join(repr(row) for row in session.execute(select(table)))
        for table in Base.metadata.sorted_tables
        if table.name != "state_number"  # how often pages changed is about nobody
    }


def _write(
    session: Session, series: Series, person: Person, marks: Marks, moderator: Person
) -> Leaver:
    threads = [
        make_thread(session, series, attribution=attribution, **more)
        for attribution, more in (
            ("named", {"proposed_by_id": person.id}), ("role", {}), ("chatham_house", {}),
            ("named", {}), ("named", {}), ("named", {}), ("named", {}),
        )
    ]  # fmt: skip
    words = _words(marks.published)
    listed = make_item(session, series, added_by_id=person.id)
    practice = make_item(session, series, added_by_id=person.id, kind="practitioner_experience",
                         title=f"{marks.published} practice", title_folded=marks.published,
                         description=marks.published, population=marks.published)  # fmt: skip
    unlisted = make_item(session, series, added_by_id=person.id, is_listed=False,
                         title=marks.unpublished, title_folded=marks.unpublished,
                         url=f"https://example.org/{marks.unpublished}")  # fmt: skip
    states = ("published", "published", "published", "hidden", "withdrawn", "draft", "declined")
    positions = []
    for thread, state in zip(threads, states, strict=True):
        is_new = state in ("draft", "declined")
        said = _words(marks.unpublished) if is_new else words
        new: dict[str, Any] = {"number": None, "first_published_at": None} if is_new else {}
        position = make_position(
            session, thread, person, item=unlisted if is_new else listed, state=state,
            label_step=0,
            revision=said | ({"status": "pending", "version": None, "live_at": None} if is_new
                             else {}),
            **new,
        )  # fmt: skip
        for revision in position.revisions:
            for tag in revision.tags:
                tag.gloss = said["claim"]
            for link in revision.links:
                link.warrant = link.transfer_note = link.rebuttal = said["claim"]
                link.locator = said["claim"]
        give_letter(session, thread.id, person.id, position.attribution)
        positions.append(position)
    _revise(session, positions[0], marks)
    other = make_position(session, threads[0])
    made = Leaver(person, marks, series, threads, positions, [], [listed, practice, unlisted],
                  moderator, other, make_response(session, positions[0]),
                  _round(session, threads[0], moderator))  # fmt: skip
    for target, attribution in ((other, "named"), (make_position(session, threads[1]), "role")):
        response = make_response(session, target, person, attribution=attribution, label_step=0,
                                 item=listed, value=series.values[0])  # fmt: skip
        assert response.live is not None
        response.live.source, response.live.html = marks.published, f"<p>{marks.published}</p>"
        session.add(ResponseText(response=response, status="pending", source=marks.unpublished,
                                 html=f"<p>{marks.unpublished}</p>", renderer_version=1,
                                 submitted_at=NOW))  # fmt: skip
        give_letter(session, target.thread_id, person.id, attribution)
        made.responses.append(response)
    session.flush()
    return made


def _words(mark: str) -> dict[str, Any]:
    """A text in every field of a version."""
    return {
        "claim": mark, "reasoning": mark, "reasoning_html": f"<p>{mark}</p>", "setting": mark,
        "objection": mark, "change_mind_text": mark, "interests": mark,
    }  # fmt: skip


def _revise(session: Session, position: Position, marks: Marks) -> None:
    """An earlier version that was live, and one that was sent back."""
    assert position.live is not None
    position.live.version = 2
    shared = {"position": position, "level": "school", "confidence": 2, "submitted_at": NOW}
    session.add(Revision(status="superseded", version=1, live_at=NOW, change_reason="",
                         **shared, **_words(marks.published)))  # fmt: skip
    back = Revision(status="sent_back", **shared, **_words(marks.unpublished))
    session.add(back)
    session.flush()
    series = position.thread.series
    session.add(Announcement(series_id=series.id, title="Rooms", text="They change.",
                             written_by_id=position.author_id, made_at=NOW))  # fmt: skip
    asked = Question(series=series, text="Is it so?", made_at=NOW, changed_at=NOW)
    session.add(Looking(question=asked, person_id=position.author_id, who=marks.published,
                        how=marks.published, state="live", sent_at=NOW))  # fmt: skip
    proposal = ValueProposal(series_id=series.id, label=f"{marks.unpublished} value",
                             proposed_by_id=position.author_id, created_at=NOW)  # fmt: skip
    session.add(proposal)
    session.flush()
    session.add(ValueTag(revision_id=back.id, proposal_id=proposal.id, rank=1))
    session.flush()
    session.refresh(position, ["revisions"])


def _round(session: Session, thread: Thread, moderator: Person) -> Round:
    row = Round(thread_id=thread.id, cycle=1, number=1, state="open", seed=1, opens_at=NOW,
                closes_at=NOW, made_by_id=moderator.id, made_at=NOW)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _do(session: Session, made: Leaver) -> None:
    """Private answers, drafts, mutes, proposals, and what one tells of statements."""
    person, marks, series = made.person, made.marks, made.series
    session.add(Part(position_id=made.other.id, person_id=person.id, stance="2", over=["values"],
                     answered_at=NOW))  # fmt: skip
    statement = Statement(thread_id=made.threads[0].id, kind="end", made_by_id=made.moderator.id,
                          made_at=NOW)  # fmt: skip
    version = StatementVersion(statement=statement, version=1, written="Every pupil may.",
                               written_by_id=made.moderator.id, written_at=NOW)  # fmt: skip
    summary = ThreadSummary(thread_id=made.threads[0].id, version=1, text="All in all.",
                            html="<p>All in all.</p>", written_by_id=made.moderator.id,
                            written_at=NOW)  # fmt: skip
    session.add_all([statement, version, summary])
    session.flush()
    session.add(Confirmation(version_id=version.id, person_id=person.id, answer="mend",
                             position_id=made.positions[0].id, said=marks.unpublished,
                             answered_at=NOW))  # fmt: skip
    session.add(Steelman(summary_id=summary.id, position_id=made.positions[0].id, text="At best.",
                         answer="no", said=marks.unpublished, answered_at=NOW))  # fmt: skip
    restated = make_response(session, made.positions[0], type="restates")
    assert restated.live is not None
    restated.live.fair, restated.live.wants = "no", marks.unpublished
    session.add(RoundStatement(round_id=made.round.id, version_id=version.id, order=0, code="E1"))
    session.flush()
    key = rater_key(SECRET, made.round.public_id, person.public_id)
    for rater in (key, "f" * 64):
        reason = marks.unpublished if rater == key else ""
        session.add(Rating(round_id=made.round.id, version_id=version.id, rater_key=rater,
                           value="4", reason=reason, settles=reason,
                           may_show=bool(reason)))  # fmt: skip
    session.add(KeptDraft(person_id=person.id, kind="position", subject_id="x", saved_at=NOW,
                          typed={"claim": [marks.unpublished]}))  # fmt: skip
    session.add(KeptForm(person_id=person.id, address="/x", page="/x", kept_at=NOW,
                         expires_at=NOW, fields={"why": [marks.unpublished]}))  # fmt: skip
    session.add(SentForm(saved_by_id=person.id, key=f"k{person.id}", place="p", sealed="", at=NOW))
    for muter, muted in ((person, made.moderator), (made.moderator, person)):
        session.add(Mute(person_id=muter.id, muted_id=muted.id, attribution="named", at=NOW))
    _hear(session, person, marks.unpublished)
    _practise(session, series, person, marks.unpublished)
    make_thread(session, series, stage="proposed", proposed_by_id=person.id,
                question=f"{marks.unpublished}?", slug=f"{marks.unpublished}-slug",
                context=marks.unpublished, context_html=marks.unpublished)  # fmt: skip


def _hear(session: Session, person: Person, words: str) -> None:
    """Notices, a letter that told one, how soon, when, what they follow, where they were."""
    letter = NoticeLetter(person_id=person.id, rhythm="weekly", since=NOW, until=NOW, made_at=NOW)
    session.add(letter)
    session.flush()
    session.add_all(
        [
            Notice(person_id=person.id, kind="answered", what="answered", ids={"response": 0},
                   key=words, at=NOW, letter_id=letter.id),
            NoticeChoice(person_id=person.id, kind="round", rhythm="never", chosen_at=NOW),
            NoticeHours(person_id=person.id),
            Follow(person_id=person.id, what="search", subject=f"/search?q={words}", at=NOW,
                   told_until=NOW),
            Visit(person_id=person.id, what="thread", subject=words, at=NOW),
        ]
    )  # fmt: skip
    session.flush()


def _practise(session: Session, series: Series, person: Person, words: str) -> None:
    """They hold a run for an organisation, are asked in it, and answered."""
    run = make_run(session, make_organisation(session, series, person),
                   make_instrument(session, series), letter=words)  # fmt: skip
    asked = RunInvitation(run_id=run.id, unit_id=run.units[0].id, role="staff",
                          email=person.email or "", link_hash=str(person.id),
                          address_key=address_key(SECRET, run.public_id, "x@y.z"))  # fmt: skip
    session.add(asked)
    session.flush()
    answered = make_respondent(session, run, {"visits": (1, 5)}, reason=words)
    answered.key = respondent_key(SECRET, run.public_id, asked.public_id)
    session.flush()


def _ask(session: Session, made: Leaver) -> None:
    """Reports, decisions, an appeal, a sanction, links, copies."""
    person, marks, series = made.person, made.marks, made.series
    for status in ("waiting", "answered"):
        session.add(Report(series_id=series.id, subject_kind="position", reason="abuse",
                           subject_id=made.other.public_id, reporter_id=person.id,
                           text="" if status == "waiting" else marks.unpublished,
                           status=status, received_at=NOW,
                           answered_at=NOW if status == "answered" else None))  # fmt: skip
    decision = Decision(series_id=series.id, subject_kind="position", action="hide",
                        subject_id=made.positions[3].public_id, why="Somebody is named.",
                        addressed_to_id=person.id, decided_by_id=made.moderator.id,
                        decided_by_role="moderator", at=NOW)  # fmt: skip
    session.add(decision)
    session.flush()
    session.add(Appeal(decision_id=decision.id, series_id=series.id, made_by_id=person.id,
                       text="Nobody is.", at=NOW))  # fmt: skip
    session.add(Sanction(series_id=series.id, person_id=person.id, kind="note", starts_at=NOW,
                         decision_id=decision.id, ends_at=NOW))  # fmt: skip
    session.add(Redaction(series_id=series.id, subject_kind="position", what="name", places=1,
                          subject_id=made.positions[0].public_id, sealed="sealed words",
                          decision_id=decision.id, made_at=NOW,
                          destroy_at=NOW + timedelta(days=90)))  # fmt: skip
    session.add(MailedLink(person_id=person.id, purpose="confirm", email=person.email,
                           carries={"display_name": person.display_name}, created_at=NOW,
                           expires_at=NOW, used_at=NOW))  # fmt: skip
    session.add(KnownDevice(person_id=person.id, key=f"{person.id:064}", made_at=NOW, used_at=NOW))
    session.add(AccountSession(person_id=person.id, key=f"{person.id:064}", device="Firefox on Mac",
                               made_at=NOW, last_seen_at=NOW, password_at=NOW))  # fmt: skip
    briefing = Publication(series=series, slug=f"what-we-found-{person.id}", title="What we found",
                           made_at=NOW, changed_at=NOW)  # fmt: skip
    session.add(Quoting(publication=briefing, position_id=made.positions[0].id, words_hash="0" * 64,
                        told_at=NOW, until=NOW.date(), objection="Nobody is.",
                        objected_at=NOW))  # fmt: skip
    session.add(AddressChange(person_id=person.id, old_email=person.email, new_email=person.email,
                              asked_at=NOW, changed_at=NOW))  # fmt: skip
    session.add(Invitation(series_id=series.id, email=person.email, secret_hash=marks.key,
                           made_by_id=made.moderator.id, created_at=NOW,
                           expires_at=NOW))  # fmt: skip
    copy = DataCopy(person_id=person.id, asked_at=NOW)
    session.add(copy)
    session.flush()
    promise_mail(session, template="rights/copy_ready", person_id=person.id,
                 ids={"copy": copy.id}, now=NOW)  # fmt: skip


def _moderate(session: Session, made: Leaver) -> None:
    """In a series that somebody else convenes they took items, and wrote a note."""
    person, series = made.person, make_series(session)
    make_member(session, series, person, role="moderator")
    make_member(session, series, role="convener")
    position = make_position(session, make_thread(session, series))
    session.add(Claim(series_id=series.id, kind="positions", subject_id=position.public_id,
                      person_id=person.id, until=LATER))  # fmt: skip
    batch = Batch(made_by_id=person.id, made_at=NOW, final_at=NOW)
    batch.items = [BatchItem(kind="positions", subject_id=position.public_id, version_id=1)]
    session.add(batch)
    session.add(EditorsNote(position_id=position.id, text="Look again.", written_by_id=person.id,
                            written_on=date(2026, 11, 23)))  # fmt: skip
    session.add(Invitation(series_id=series.id, email="", secret_hash=f"{made.marks.key}2",
                           made_by_id=person.id, created_at=NOW, expires_at=NOW))  # fmt: skip
    append_event(session, series_id=series.id, actor_id=person.id, verb="show_author",
                 subject=("position", position.public_id), why="To ask back.", now=NOW)  # fmt: skip
