"""The table of what people would need to know, as its page gathers it."""

from collections.abc import Iterator

from sqlalchemy import select

from discussion.debate.positions.models import Position, Response, ResponseText
from discussion.debate.threads.models import Thread
from discussion.permissions.visibility import published_positions
from discussion.reach.needed.queries.asking import asking_of, is_told_coarsely
from discussion.reach.needed.queries.finding import list_standing, read_leads
from discussion.reach.needed.queries.gathering import gather
from discussion.reach.needed.queries.gathering.asking import Asked
from discussion.reach.needed.queries.page import list_askings
from discussion.reach.needed.shapes import Asking
from discussion.reach.needed.words import REASONS
from discussion.reach.packages.queries.tabling import DataTable, Mark, Reading
from discussion.reach.packages.shapes import Column, Row
from discussion.reach.packages.words import CHATHAM_HOUSE

MOST = 1_000_000  # leads of one reason


def _needed(reading: Reading) -> Iterator[Row]:
    untold = _untold(reading)
    for reason in REASONS:
        asked = Asked(reading.session, reading.viewer, reading.series)
        _total, leads = gather(asked, reason, 0, MOST)
        for one in sorted(leads, key=lambda lead: lead.key):
            if one.url.rpartition("/")[2] not in untold:
                yield (
                    one.key,
                    one.reason,
                    one.title,
                    one.language,
                    one.code,
                    one.says,
                    one.words,
                    one.words_language,
                    one.name,
                    one.level,
                    one.thread.url.rpartition("/")[2] if one.thread else None,
                    reading.site_url + one.url,
                )


def _untold(reading: Reading) -> set[str]:
    """Positions and responses of today under the Chatham House Rule: they come on the next day."""
    written = (
        select(Position.public_id)
        .join(Position.thread)
        .join(Thread.series)
        .where(Thread.series_id == reading.series.id)
        .where(published_positions(reading.viewer))
        .where(Position.attribution == CHATHAM_HOUSE)
        .where(Position.changed_at >= reading.morning)
    )
    answered = (
        select(Response.public_id)
        .join(Response.position)
        .join(Position.thread)
        .join(ResponseText, ResponseText.id == Response.live_text_id)
        .where(Thread.series_id == reading.series.id)
        .where(Response.attribution == CHATHAM_HOUSE)
        .where(ResponseText.live_at >= reading.morning)
    )
    return {*reading.session.scalars(written), *reading.session.scalars(answered)}


def _list_told(reading: Reading) -> Iterator[Asking]:
    """As on the page, but for what comes from writing under the Chatham House Rule of today."""
    untold = _untold(reading)
    rows = list_standing(reading.session, reading.series)
    leads = {
        key: lead
        for key, lead in read_leads(reading.session, reading.viewer, reading.series, rows).items()
        if untold.isdisjoint(key.partition("/")[2].split("."))
    }
    for row in rows:
        if row.made_at < reading.morning or not is_told_coarsely(row, leads):
            asking = asking_of(row, leads, reading.viewer)
            if asking.is_shown:
                yield asking


def _questions(reading: Reading) -> Iterator[Row]:
    for one in _list_told(reading):
        yield (
            one.id,
            one.kind,
            one.text,
            one.language,
            one.level,
            one.status,
            one.since,
            one.answer.says if one.answer else "",
            one.answer.title if one.answer else "",
            tuple(looker.who for looker in one.lookers),
            tuple(lead.key for lead in one.origins),
            reading.site_url + one.url,
        )


def _marks_of_questions(reading: Reading) -> Iterator[Mark]:
    for one in list_askings(reading.session, reading.viewer, reading.series):
        yield "question", one.id, one.text, one.answer
        for looker in one.lookers:
            yield "looker", one.id, looker.id, looker.who


NEEDED = (
    DataTable(
        "questions",
        "Questions of information",
        "What practitioners and policy makers would need to know, as moderators word it from what"
        " contributors wrote, and the barriers that they name.",
        (
            Column("id", "its id"),
            Column("kind", "a question, or a barrier"),
            Column("text", "the question, as moderators word it"),
            Column("language", "the language it is in (BCP 47)"),
            Column("level", "the level that it is about; empty: every level"),
            Column("status", "whether it is open, looked into or answered"),
            Column(
                "since",
                "since when that is so: the day, or the month where a day would tell too much",
            ),
            Column("answer", "what answers it, and for whom"),
            Column("answered_by", "the title of the item that does"),
            Column("looking", "who looks into it, as they wish to be named", "list"),
            Column("origins", "keys of information_needed that it comes from", "list"),
            Column("url", "its page"),
        ),
        ("id",),
        of_series=_questions,
        marks=_marks_of_questions,
    ),
    DataTable(
        "information_needed",
        "What people would need to know",
        "What was gathered from positions and findings: facts that decide, what many do not know,"
        " and where reasons and evidence miss each other.",
        (
            Column("key", "the reason and what it is about"),
            Column("reason", "why it would have to be known", among=tuple(REASONS)),
            Column("title", "a statement, a source, a value, or a claim"),
            Column("language", "the language of the title (BCP 47)"),
            Column("statement", "the code of the statement in its round"),
            Column("says", "what the site says of it", "list"),
            Column("words", "what a contributor says would change their mind"),
            Column("words_language", "the language of those words (BCP 47)"),
            Column("byline", "who wrote them, as pages name them"),
            Column("level", "the level that it is about"),
            Column("thread", "the thread in which it stands"),
            Column("url", "its page"),
        ),
        ("key",),
        of_series=_needed,
    ),
)
