"""Tables of the series itself: what it asks, its themes, values, scales, sources, decisions."""

from collections.abc import Iterator

from sqlalchemy import select

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.oversight.transparency.queries.log import stream_log
from discussion.permissions.visibility import visible_items
from discussion.reach.packages.queries.tabling import DataTable, Mark, Reading, iso_day
from discussion.reach.packages.shapes import Column, Key, Row
from discussion.series.series.models import Reason, Theme
from discussion.series.values.models import Value, ValueProposal


def _series(reading: Reading) -> Iterator[Row]:
    row = reading.series
    yield (
        row.slug,
        row.title,
        row.question,
        row.summary,
        row.host,
        row.language,
        row.status,
        row.moderation,
        row.attribution,
        row.min_group,
        iso_day(row.starts_on),
        iso_day(row.ends_on),
        row.provenance,
        row.provenance_url,
        reading.site_url + paths.series(row.slug),
    )


def _marks_of_series(reading: Reading) -> Iterator[Mark]:
    row = reading.series
    yield ("series", row.visibility, *next(_series(reading))[:5], row.provenance)
    for reason in reading.session.scalars(select(Reason).where(Reason.series_id == row.id)):
        yield "reason", reason.id, reason.label


def _themes(reading: Reading) -> Iterator[Row]:
    for row in _themes_of(reading):
        yield (
            row.slug,
            row.question,
            row.summary,
            row.provenance,
            row.provenance_url,
            row.order,
            row.retired_at is not None,
            reading.site_url + paths.theme(reading.series.slug, row.slug),
        )


def _marks_of_themes(reading: Reading) -> Iterator[Mark]:
    for row in _themes_of(reading):
        yield "theme", row.slug, row.question, row.summary, row.provenance


def _themes_of(reading: Reading) -> list[Theme]:
    rows = select(Theme).where(Theme.series_id == reading.series.id)
    return list(reading.session.scalars(rows.order_by(Theme.order, Theme.slug)))


def _values(reading: Reading) -> Iterator[Row]:
    rows = _values_of(reading)
    slugs = {row.id: row.slug for row in rows}
    for row in rows:
        yield (
            row.slug,
            row.label,
            row.definition,
            row.family,
            row.source,
            row.retired_at is not None,
            slugs.get(row.replaced_by_id or 0),
        )


def _marks_of_values(reading: Reading) -> Iterator[Mark]:
    for row in _values_of(reading):
        yield "value", row.slug, row.label, row.definition
    own = select(ValueProposal).where(ValueProposal.series_id == reading.series.id)
    for proposal in reading.session.scalars(own):
        yield "proposal", proposal.id, proposal.label, proposal.state == "declined"


def _values_of(reading: Reading) -> list[Value]:
    rows = select(Value).where(Value.series_id == reading.series.id)
    return list(reading.session.scalars(rows.order_by(Value.order, Value.slug)))


def _items(reading: Reading) -> Iterator[Row]:
    shown = {row.id: row.public_id for row in _items_of(reading)}
    for row in _items_of(reading):
        yield (
            row.public_id,
            row.title,
            tuple(row.authors),
            row.year,
            row.publisher,
            row.url,
            row.doi,
            row.citation,
            row.licence_note,
            row.language,
            row.kind,
            row.question_type,
            row.strength_scale,
            row.strength_value,
            row.strength_by,
            row.strength_note,
            row.population,
            row.context,
            row.outcome,
            row.effect,
            row.months_progress,
            row.cost,
            row.limitations,
            row.description,
            row.status,
            row.status_note,
            shown.get(row.superseded_by_id or 0),
            row.archive_url,
            reading.site_url + paths.item(reading.series.slug, row.public_id),
        )


def _marks_of_items(reading: Reading) -> Iterator[Mark]:
    for row in _items(reading):
        yield ("item", *row[:-1])  # the address begins with the site's, which is no word of it


def _items_of(reading: Reading) -> Iterator[EvidenceItem]:
    return iter(
        reading.session.scalars(
            select(EvidenceItem)
            .join(EvidenceItem.series)
            .where(EvidenceItem.series_id == reading.series.id)
            .where(visible_items(reading.viewer))
            .order_by(EvidenceItem.public_id)
        )
    )


def _decisions(reading: Reading) -> Iterator[Row]:
    for line in stream_log(reading.session, reading.series, until=reading.morning):
        yield (
            line.on,
            line.kind,
            line.action,
            line.reason,
            line.by_role,
            line.is_after_report,
            line.appeal,
            line.question,
            line.thread_url.rpartition("/")[2] or None,
        )


_SERIES = DataTable(
    "series",
    "The series",
    "One line: what the series asks, who hosts it, and under which rules.",
    (
        Column("series", "its short name, as in its address"),
        Column("title", "its title"),
        Column("question", "the question that it is held to answer"),
        Column("summary", "what it is about, in Markdown"),
        Column("host", "who holds it"),
        Column("language", "the language it is held in (BCP 47)"),
        Column("status", "open, closed or archived"),
        Column("moderation", "whether contributions are read before (pre) or after (post)"),
        Column("attribution", "the most that anybody may be named: named, role or chatham_house"),
        Column("min_group", "the fewest people of whom a number is told", "integer"),
        Column("starts_on", "its first day", "date"),
        Column("ends_on", "its last day", "date"),
        Column("provenance", "where it comes from"),
        Column("provenance_url", "the address of that"),
        Column("url", "its page"),
    ),
    ("series",),
    of_series=_series,
    marks=_marks_of_series,
)
_THEMES = DataTable(
    "themes",
    "Themes",
    "The questions that group threads.",
    (
        Column("theme", "its short name"),
        Column("question", "the question"),
        Column("summary", "what it is about, in Markdown"),
        Column("provenance", "where it comes from"),
        Column("provenance_url", "the address of that"),
        Column("order", "its place among the themes", "integer"),
        Column("is_retired", "whether no new thread is put under it", "boolean"),
        Column("url", "its page"),
    ),
    ("theme",),
    of_series=_themes,
    marks=_marks_of_themes,
)
_VALUES = DataTable(
    "values",
    "Values",
    "The set of values of the series, with those that were merged or retired.",
    (
        Column("value", "its short name"),
        Column("label", "the value in a few words"),
        Column("definition", "what is meant by it"),
        Column("family", "the family of values that it belongs to"),
        Column("source", "where it comes from"),
        Column("is_retired", "whether it can no longer be chosen", "boolean"),
        Column("replaced_by", "the value that stands for it since"),
    ),
    ("value",),
    of_series=_values,
    marks=_marks_of_values,
    refers=(Key(("replaced_by",), "values", ("value",)),),
)
_ITEMS = DataTable(
    "items",
    "Items of the library",
    "What contributors rely on, whoever added it.",
    (
        Column("item", "its id"),
        Column("title", "its title"),
        Column("authors", "its authors, family name first", "list"),
        Column("year", "when it appeared", "integer"),
        Column("publisher", "by whom it was published"),
        Column("source_url", "its address"),
        Column("doi", "its DOI, without a prefix"),
        Column("citation", "how its publisher asks it to be cited"),
        Column("licence_note", "what is known of its licence"),
        Column("language", "the language it is in (BCP 47)"),
        Column("kind", "what kind of evidence it is, see the page of an item"),
        Column("question_type", "what kind of question it answers"),
        Column("strength_scale", "the published scale on which its strength was rated"),
        Column("strength_value", "the rating, exactly as published"),
        Column("strength_by", "who rated it"),
        Column("strength_note", "what was said beside the rating"),
        Column("population", "of whom it speaks"),
        Column("context", "where it was found"),
        Column("outcome", "what it found"),
        Column("effect", "how large the effect is, as published"),
        Column(
            "months_progress",
            "the same in months of progress, where its scale counts them",
            "integer",
        ),
        Column("cost", "what it costs, as published"),
        Column("limitations", "what it cannot carry"),
        Column("description", "more about it"),
        Column(
            "status",
            "whether it still stands",
            among=("current", "superseded", "corrected", "retracted"),
        ),
        Column("status_note", "why it does not"),
        Column("superseded_by", "the item that stands for it since"),
        Column("archive_url", "a copy of what is gone"),
        Column("url", "its page"),
    ),
    ("item",),
    of_series=_items,
    marks=_marks_of_items,
    refers=(Key(("superseded_by",), "items", ("item",)),),
)
_DECISIONS = DataTable(
    "decisions",
    "Decisions of moderators",
    "The moderation log, as its page tells it. There is no key: what it is about has no id here.",
    (
        Column(
            "on",
            "the day; the month where the author is under the Chatham House Rule, or where"
            " it is about a person",
        ),
        Column("kind", "what it was about"),
        Column("action", "what was decided"),
        Column("reason", "the reason, of the series’ own list"),
        Column("by_role", "as what somebody decided"),
        Column("is_after_report", "whether a reader had reported it", "boolean"),
        Column("appeal", "what became of an appeal"),
        Column("question", "the question of the thread, where it may be read"),
        Column("thread", "the thread, where it may be read"),
    ),
    (),
    of_series=_decisions,
)

OF_SERIES = (_SERIES, _THEMES, _VALUES, _ITEMS)
DECISIONS = (_DECISIONS,)
