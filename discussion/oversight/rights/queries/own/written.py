"""What somebody wrote, published or not, in every version."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from discussion import paths, text
from discussion.debate.composing.models import KeptDraft
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import in_page_order
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    Response,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.queries.naming import byline, find_letters
from discussion.debate.threads.models import Thread
from discussion.kept.models import KeptForm
from discussion.kept.words import OPENED
from discussion.oversight.rights.queries.own.reading import Asked, Record, record_of, stream
from discussion.series.series.models import Series
from discussion.series.values.models import ValueProposal


def positions(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Position)
        .where(Position.author_id == asked.person.id)
        .order_by(Position.id)
        .options(
            joinedload(Position.thread).joinedload(Thread.series),
            joinedload(Position.author),
            selectinload(Position.revisions).options(
                selectinload(Revision.tags).options(
                    joinedload(ValueTag.value), joinedload(ValueTag.proposal)
                ),
                selectinload(Revision.links).joinedload(EvidenceLink.item),
            ),
        )
    )
    for row in stream(session, rows):
        yield {
            "address": paths.position(row.public_id),
            "series": row.thread.series.title,
            "thread": row.thread.question,
            "shown_as": _shown_as(session, row, row.thread_id),
            **record_of(
                row,
                "number",
                "state",
                "attribution",
                "first_published_at",
                "created_at",
                "changed_at",
            ),
            "versions": [_revision(one) for one in row.revisions],
        }


def responses(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Response)
        .where(Response.author_id == asked.person.id)
        .order_by(Response.id)
        .options(
            joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
            joinedload(Response.author),
            joinedload(Response.item),
            joinedload(Response.stands_for),
            joinedload(Response.value),
            selectinload(Response.texts),
        )
    )
    for row in stream(session, rows):
        thread = row.position.thread
        yield {
            "address": paths.response(row.position.public_id, row.public_id),
            "series": thread.series.title,
            "thread": thread.question,
            "shown_as": _shown_as(session, row, thread.id),
            **record_of(
                row,
                "type",
                "decided_at",
                "speaks_of",
                "consequence",
                "state",
                "attribution",
                "first_published_at",
                "created_at",
                "changed_at",
            ),
            "holds_for_version": row.stands_for.version if row.stands_for else None,
            "item": row.item.title if row.item else None,
            "value": row.value.label if row.value else None,
            "versions": [_text(one) for one in sorted(row.texts, key=lambda one: one.id)],
        }


def drafts(session: Session, asked: Asked) -> Iterator[Record]:
    rows = select(KeptDraft).where(KeptDraft.person_id == asked.person.id).order_by(KeptDraft.id)
    for row in stream(session, rows):
        yield record_of(row, "kind", "subject_id", "typed", "saved_at")


def kept_forms(session: Session, asked: Asked) -> Iterator[Record]:
    """Forms that could not be taken, as they were sent; never where they stand for others."""
    rows = select(KeptForm).where(KeptForm.person_id == asked.person.id).order_by(KeptForm.id)
    for row in stream(session, rows):
        typed = {name: values for name, values in row.fields.items() if name != OPENED}
        yield {"form": row.page, "typed": typed, "kept_at": row.kept_at, "until": row.expires_at}


def evidence(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(EvidenceItem)
        .where(EvidenceItem.added_by_id == asked.person.id)
        .order_by(EvidenceItem.id)
        .options(joinedload(EvidenceItem.series))
    )
    for row in stream(session, rows):
        yield {
            "address": paths.item(row.series.slug, row.public_id),
            "series": row.series.title,
            **record_of(
                row,
                *("title", "authors", "year", "publisher", "url", "doi", "citation", "kind"),
                *("question_type", "population", "context", "outcome", "effect", "cost"),
                *("limitations", "description", "consent", "is_listed", "created_at"),
            ),
        }


def threads(session: Session, asked: Asked) -> Iterator[Record]:
    rows = (
        select(Thread)
        .where(Thread.proposed_by_id == asked.person.id)
        .order_by(Thread.id)
        .options(joinedload(Thread.series))
    )
    for row in stream(session, rows):
        yield {
            "address": paths.thread(row.slug),
            "series": row.series.title,
            **record_of(row, "question", "context", "question_source", "stage", "created_at"),
        }


def values(session: Session, asked: Asked) -> Iterator[Record]:
    rows = session.execute(
        select(ValueProposal, Series.title)
        .join(Series, Series.id == ValueProposal.series_id)
        .where(ValueProposal.proposed_by_id == asked.person.id)
        .order_by(ValueProposal.id)
    )
    for row, series in rows:
        yield {"series": series, **record_of(row, "label", "state", "created_at")}


def _revision(row: Revision) -> Record:
    return {
        **record_of(row, "version", "status", "language", *_columns(PositionDraft)),
        **record_of(row, "place_words", "held_for", "redacted_at", "submitted_at", "live_at"),
        "reasoning_html": text.stored(row.reasoning_html),
        "values": [_tag(tag) for tag in row.tags],
        "sources": [_link(link) for link in row.links],
    }


def _columns(table: type[PositionDraft] | type[TagDraft] | type[LinkDraft]) -> list[str]:
    """What somebody said, as the table of the fields of a version has it."""
    said = [one.name for one in in_page_order(table) if one.is_column]
    return [name for name in said if name != "nobody_identified"]


def _tag(tag: ValueTag) -> Record:
    label = tag.value.label if tag.value else tag.proposal.label if tag.proposal else ""
    return {"value": label, **record_of(tag, "is_outweighed", "rank", *_columns(TagDraft))}


def _link(link: EvidenceLink) -> Record:
    title = "" if link.item.is_hidden else link.item.title
    return {"item": title, **record_of(link, *_columns(LinkDraft))}


def _text(row: ResponseText) -> Record:
    return {
        **record_of(
            row,
            "version",
            "status",
            "source",
            "language",
            "held_for",
            "redacted_at",
            "submitted_at",
            "live_at",
        ),
        "source_html": text.stored(row.html),
        "fair": row.fair or None,
        "wants": row.wants or None,
    }


def _shown_as(session: Session, row: Position | Response, thread_id: int) -> str:
    if row.first_published_at is None:
        return ""
    return byline(row, thread_id, find_letters(session, {thread_id}), row.first_published_at).name
