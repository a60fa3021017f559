"""What we need to know, put into a briefing: the questions that come from what it is about.

They are written as its editor would write them, each citing what it comes from, so that all that a
briefing does with a sentence it does with them; and each is a source of the version, which goes
when moderators take the question away. Who looks into one stands on its own page alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion.reach.needed.models import Question
from discussion.reach.needed.queries.asking import status_of
from discussion.reach.needed.queries.finding import Leads, is_shown, list_standing, read_leads
from discussion.reach.needed.queries.readable import reader_of
from discussion.reach.needed.words import STATUSES
from discussion.reach.publications.drafts_marks import FINDING, QUESTION
from discussion.reach.publications.models import Publication, PublicationSource
from discussion.reach.publications.queries.pool import list_threads, newest_findings
from discussion.reach.publications.words import NEEDED

MOST = 5  # of a briefing; its page has them all
Marks = Mapping[str, str]  # public id of what can be cited → its mark


@dataclass(frozen=True)
class Needed:
    """The sections with the questions in them, and the questions as sources."""

    sections: dict[str, str]
    sources: tuple[PublicationSource, ...]


def with_needed(
    session: Session,
    publication: Publication,
    sections: Mapping[str, str],
    sources: Sequence[PublicationSource],
) -> Needed:
    """The sections, with the questions below what the editor says of them."""
    asked = _asked(session, publication, sources)
    lines = "\n".join(_lines(asked))
    said = "\n".join(filter(None, (sections.get(NEEDED, ""), lines)))
    return Needed(
        {**sections, NEEDED: said} if said else dict(sections),
        tuple(
            PublicationSource(
                kind=QUESTION,
                mark=f"{QUESTION}{number}",
                question_id=row.id,
                words_hash=row.words_hash,
            )
            for number, (row, _marks) in enumerate(asked, start=1)
        ),
    )


def _asked(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> list[tuple[Question, list[str]]]:
    """Those that come from what it cites, each with the marks of that."""
    series = publication.series
    rows = [one for one in list_standing(session, series) if one.kind == "question"]
    if not rows:
        return []
    leads = read_leads(session, reader_of(series), series, rows)
    known = _marks(session, publication, sources)
    return [(row, marks) for row in rows if (marks := _cited(row, leads, known))][:MOST]


def _lines(asked: Sequence[tuple[Question, list[str]]]) -> Iterator[str]:
    for status, words in STATUSES.items():
        some = [(row, marks) for row, marks in asked if status_of(row) == status]
        if some:
            yield f"### {words}"
        for row, marks in some:
            yield f"- {row.text[:-1]} [{', '.join(marks)}]{row.text[-1]}"  # before its mark


def _cited(row: Question, leads: Leads, known: Marks) -> list[str]:
    """The marks of what it comes from, as far as this briefing cites it; none of what is gone."""
    if not is_shown(row, leads):
        return []
    origins = (origin for origin in row.origins if origin.key in leads)
    marks = [known[id] for origin in origins if (id := _named(origin.subject)) in known]
    item = row.item.public_id if row.is_answered and row.item is not None else ""
    return list(dict.fromkeys([*marks, *([known[item]] if item in known else [])]))


def _named(subject: str) -> str:
    """The public id in a subject; that of a quotation stands behind its kind."""
    return subject.split(".")[1] if subject.startswith(("p.", "r.")) else subject


def _marks(
    session: Session, publication: Publication, sources: Sequence[PublicationSource]
) -> Marks:
    found: dict[str, str] = {}
    for row in sources:
        if row.item is not None and row.response is None:
            found[row.item.public_id] = row.mark
        elif row.response is not None:
            found[row.response.public_id] = row.mark
        elif row.position is not None:
            found[row.position.public_id] = row.mark
    by_code = {(row.thread_id, row.code): row.mark for row in sources if row.kind == FINDING}
    if not by_code:
        return found
    newest = newest_findings(session, list_threads(session, publication))
    for thread_id, (_snapshot, content) in newest.items():
        for one in content.ratings.statements:
            if mark := by_code.get((thread_id, one.code)):
                found[one.id] = mark
    return found
