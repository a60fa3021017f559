"""Plain functions that make rows, with deterministic counters and nothing left to chance."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlalchemy.orm import Session

from discussion.db import Base
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.threads.models import Thread, ThreadCycle
from discussion.people.accounts.models import Consent, Person
from discussion.people.accounts.operations.entering import CONSENTS
from discussion.permissions.facts import Viewer
from discussion.series.members.models import Membership
from discussion.series.series.models import Reason, Scale, Series, Theme
from discussion.series.values.models import Value
from discussion.vocabulary import of_series
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.words import CODES
from discussion.weighing.statements.models import Statement, StatementSource, StatementVersion

Row = TypeVar("Row")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_numbers = count(1)


def make_person(session: Session, **changes: Any) -> Person:
    """A person with a confirmed address, who accepted the terms and rules as they are."""
    person = _add(session, _person(**changes))
    _consent(session, [person])
    return person


def _person(**changes: Any) -> Person:
    n = next(_numbers)
    fields = {
        "email": f"person{n}@example.org",
        "email_confirmed_at": NOW,
        "display_name": f"Person {n}",
        "created_at": NOW,
    }
    return Person(**fields | changes)


def _consent(session: Session, people: Sequence[Person]) -> None:
    rows = [
        {"person_id": person.id, "given_at": NOW, "kind": kind, "version": version}
        for person in people
        for kind, version in CONSENTS
    ]
    _insert(session, Consent, rows)


def make_series(session: Session, **changes: Any) -> Series:
    """An open public series with the sixteen values, two scales, one theme and one reason."""
    n = next(_numbers)
    fields = {
        "slug": f"series-{n}",
        "title": f"Series {n}",
        "question": "Which roads lead to a more equitable education?",
        "status": "open",
        "who_may_post": "open",
        "rules": "Say one thing at a time.",
        "rules_html": "<p>Say one thing at a time.</p>",
        "rules_version": 1,
        "created_at": NOW,
    }
    series = Series(**fields | changes)
    series.reasons = [Reason(slug="unclear", label="It is unclear", order=1)]
    series.themes = [_theme()]
    series.scales = [
        _scale(slug="requirement", low="Required", high="Freely chosen"),
        _scale(slug="who-decides", low="Decided centrally", high="Decided locally"),
    ]
    _add(session, series)
    starting = [
        {
            "series_id": series.id,
            "slug": value.slug,
            "family": value.family,
            "label": str(value.label),
            "definition": str(value.definition),
            "source": value.source,
            "order": order,
        }
        for order, value in enumerate(of_series(series.slug).starting_values)
    ]
    _insert(session, Value, starting)
    session.refresh(series)
    return series


def make_theme(session: Session, series: Series, **changes: Any) -> Theme:
    return _add(session, _theme(series=series, **changes))


def _theme(**changes: Any) -> Theme:
    n = next(_numbers)
    fields = {"slug": f"theme-{n}", "question": f"What is theme {n}?", "order": n}
    return Theme(**fields | changes)


def make_scale(session: Session, series: Series, **changes: Any) -> Scale:
    return _add(session, _scale(series=series, **changes))


def _scale(**changes: Any) -> Scale:
    n = next(_numbers)
    fields = {
        "slug": f"scale-{n}",
        "low": "Low",
        "high": "High",
        "steps": ["All", "Mostly", "Between", "Little", "None"],
        "order": n,
    }
    return Scale(**fields | changes)


def make_member(session: Session, series: Series, person: Person | None = None,
                **changes: Any) -> Person:  # fmt: skip
    """A person who is an admitted contributor of the series."""
    if person is None:
        (new,) = make_members(session, series, [changes])
        return new
    _add(session, Membership(series_id=series.id, person_id=person.id, **_belonging(changes)))
    return person


def make_members(
    session: Session, series: Series, several: Sequence[Mapping[str, Any]]
) -> list[Person]:
    """As many new people, each a contributor but for what is said of them: in one flush."""
    rows = [
        Membership(series_id=series.id, person=_person(), **_belonging(changes))
        for changes in several
    ]
    session.add_all(rows)
    session.flush()
    people = [row.person for row in rows]
    _consent(session, people)
    return people


def _belonging(changes: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        "role": "contributor",
        "posting_role": "headteacher",
        "posting_phase": "secondary",
        "admitted_at": NOW,
        "admitted_how": "invited",
        "joined_at": NOW,
        "removed_how": "removed" if changes.get("removed_at") else "",
    }
    return {**fields, **changes}


def make_thread(session: Session, series: Series, **changes: Any) -> Thread:
    """An open thread under the series' first theme with its two scales."""
    n = next(_numbers)
    fields = {
        "slug": f"thread-{n}",
        "question": f"Should schools do thing {n}?",
        "levels": ["school"],
        "attribution": "role",
        "stage": "open",
        "created_at": NOW,
        "changed_at": NOW,
        "themes": series.themes[:1],
        "scales": series.scales[:2],
    }
    return _add(session, Thread(series=series, **fields | changes))


def make_cycle(session: Session, thread: Thread, **changes: Any) -> ThreadCycle:
    """The first cycle of a thread, closed with an outcome, and reopened since."""
    fields: dict[str, Any] = {
        "number": 1,
        "stage": "closed",
        "outcome": "What came of it.",
        "review_on": NOW.date() + timedelta(days=90),
        "entered": {"open": "2026-01-05", "closed": "2026-06-30"},
        "ended_at": NOW,
    }
    fields |= changes
    fields["outcome_html"] = f"<p>{fields['outcome']}</p>"
    return _add(session, ThreadCycle(thread_id=thread.id, **fields))


def make_item(session: Session, series: Series, **changes: Any) -> EvidenceItem:
    n = next(_numbers)
    fields = {
        "title": f"A study of thing {n}",
        "title_folded": f"a study of thing {n}",
        "authors": ["Donnelly, M.", "Lažetić, P."],
        "year": 2019,
        "url": f"https://example.org/study-{n}",
        "kind": "survey",
        "question_type": "what_is_happening",
        "is_listed": True,
        "created_at": NOW,
    }
    return _add(session, EvidenceItem(series=series, **fields | changes))


def make_position(session: Session, thread: Thread, author: Person | None = None, *,
                  revision: dict[str, Any] | None = None, served: tuple[str, ...] = ("equality",),
                  outweighed: tuple[str, ...] = (), item: EvidenceItem | None = None,
                  **changes: Any) -> Position:  # fmt: skip
    """A published position by an admitted member, with one revision."""
    n = next(_numbers)
    author = author or make_member(session, thread.series)
    fields = {
        "attribution": thread.attribution,
        "state": "published",
        "number": n,
        "label_role": "headteacher",
        "label_phase": "secondary",
        "label_step": 3,
        "first_published_at": NOW,
        "created_at": NOW,
        "changed_at": NOW,
    }
    by_slug = {value.slug: value for value in thread.series.values}
    position = Position(thread=thread, author=author, **fields | changes)
    text = {
        "status": "live",
        "version": 1,
        "claim": f"Every pupil should do thing {n}.",
        "reasoning": "Because it is fair.",
        "reasoning_html": "<p>Because it is fair.</p>",
        "level": "school",
        "placements": {"requirement": 0.0, "who-decides": 1.0},
        "confidence": 3,
        "change_mind": ["evidence"],
        "is_without_study": item is None,
        "nobody_identified": True,
        "submitted_at": NOW,
        "live_at": NOW,
    }
    made = Revision(position=position, **text | (revision or {}))
    for slugs, is_outweighed in ((served, False), (outweighed, True)):
        for rank, slug in enumerate(slugs, start=1):
            ValueTag(revision=made, value=by_slug[slug], rank=rank, is_outweighed=is_outweighed)
    if item is not None:
        EvidenceLink(revision=made, item=item, stance="supports", warrant="It shows the gap.")
    if made.status == "live":
        position.live = made
    return _add(session, position)


def make_response(session: Session, position: Position, author: Person | None = None,
                  **changes: Any) -> Response:  # fmt: skip
    """A published response to the live version."""
    author = author or make_member(session, position.thread.series)
    fields = {
        "type": "asks",
        "attribution": position.thread.attribution,
        "state": "published",
        "label_role": "headteacher",
        "label_phase": "secondary",
        "first_published_at": NOW,
        "created_at": NOW,
        "changed_at": NOW,
    }
    response = Response(position=position, author=author,
                        revision=position.live or position.revisions[0],
                        **fields | changes)  # fmt: skip
    response.live = ResponseText(response=response, version=1, status="live",
                                 source="How would that work?",
                                 html="<p>How would that work?</p>", renderer_version=1,
                                 submitted_at=NOW, live_at=NOW)  # fmt: skip
    return _add(session, response)


def make_statement(session: Session, thread: Thread, *positions: Position, kind: str = "end",
                   text: str = "", **changes: Any) -> Statement:  # fmt: skip
    """A statement with its first version, drawn from these positions or moderators' own."""
    n = next(_numbers)
    moderator = changes.pop("made_by", None) or make_member(
        session, thread.series, role="moderator"
    )
    fields = {"is_moderators_own": not positions, "order": n, "made_at": NOW}
    made = _add(session, Statement(thread_id=thread.id, kind=kind, made_by_id=moderator.id,
                                   **fields | changes))  # fmt: skip
    made.versions.append(
        StatementVersion(version=1, written=text or f"Thing {n} matters to every pupil.",
                         written_by_id=moderator.id, written_at=NOW)
    )  # fmt: skip
    made.sources.extend(StatementSource(position_id=position.id) for position in positions)
    session.flush()
    return made


def make_round(session: Session, thread: Thread, *statements: Statement,
               **changes: Any) -> Round:  # fmt: skip
    """A closed round of these statements, by the series' thresholds, unless told otherwise."""
    n = next(_numbers)
    fields = {
        "cycle": thread.cycle,
        "number": n,
        "state": "closed",
        "seed": n,
        "thresholds": {"gap": 0.25, "bound": 0.25, "alpha": 0.05, "consensus": 0.75},
        "stop_rule": {"kind": "rounds", "rounds": 1},
        "opens_at": NOW - timedelta(days=14),
        "closes_at": NOW - timedelta(days=1),
        "opened_at": NOW - timedelta(days=14),
        "closed_at": NOW - timedelta(days=1),
        "made_at": NOW - timedelta(days=15),
    }
    fields |= changes
    if "made_by_id" not in fields:
        fields["made_by_id"] = make_member(session, thread.series, role="moderator").id
    made = _add(session, Round(thread_id=thread.id, **fields))
    seen: Counter[str] = Counter()
    for order, statement in enumerate(statements):
        seen[statement.kind] += 1
        made.statements.append(
            RoundStatement(version=statement.versions[-1], order=order,
                           code=f"{CODES[statement.kind]}{seen[statement.kind]}")
        )  # fmt: skip
    session.flush()
    return made


def make_rating(session: Session, round: Round, statement: Statement, person: Person,
                value: int | str, *, secret: str, **changes: Any) -> Rating:  # fmt: skip
    """One private answer, under the person's key of the round."""
    key = rater_key(secret, round.public_id, person.public_id)
    return _add(session, Rating(round_id=round.id, version_id=statement.versions[-1].id,
                                rater_key=key, value=str(value), **changes))  # fmt: skip


def make_ratings(
    session: Session,
    round: Round,
    answers: Sequence[tuple[Statement, Person, str, bool]],
    *,
    secret: str,
) -> None:
    """Private answers of many at once: the statement, whose, the answer, whether it is a crux."""
    keys = {
        person.id: rater_key(secret, round.public_id, person.public_id)
        for _statement, person, _value, _is_crux in answers
    }
    rows = [
        {"round_id": round.id, "version_id": statement.versions[-1].id, "value": value,
         "rater_key": keys[person.id], "is_crux": is_crux}
        for statement, person, value, is_crux in answers
    ]  # fmt: skip
    if rows:
        _insert(session, Rating, rows)


def viewer(session: Session, person: Person, now: datetime = NOW) -> Viewer:
    """The person as rules see them."""
    from discussion.people.accounts.queries_viewer import viewer_of

    session.flush()
    return viewer_of(session, person, now)


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Rows that nobody holds in their hands, which takes a tenth of the time."""
    session.connection().execute(insert(table), rows)


def _add(session: Session, row: Row) -> Row:
    """The row, kept with everything that hangs on it: each flush costs more than what it says."""
    session.add(row)
    session.flush()
    return row
