"""The questions of a series, or one of them, as a table for spreadsheets."""

from collections.abc import Iterator, Sequence

from flask import Response

from discussion.language import _
from discussion.reach.needed.queries.asking import asking_of
from discussion.reach.needed.queries.finding import find_question
from discussion.reach.needed.queries.page import list_askings
from discussion.reach.needed.shapes import Asking
from discussion.reach.needed.views import blueprint
from discussion.reach.needed.words import KINDS
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.site import site
from discussion.web.spreadsheets import as_csv

COLUMNS = (
    "id", "kind", "text", "language", "level", "status", "since", "answer", "answered_by",
    "looking", "until", "origin_reason", "origin", "origin_words", "origin_by", "origin_says",
    "origin_thread", "origin_url", "url",
)  # fmt: skip


@blueprint.get("/needed/<slug>/questions.csv")
def every_csv(slug: str) -> Response:
    """Every question and barrier, a row for each thing that it comes from."""
    series = or_404(find_series(session(), viewer(), slug))
    return _table(list_askings(session(), viewer(), series), f"{slug}-needed.csv")


@blueprint.get("/needed/<slug>/<question>/question.csv")
def question_csv(slug: str, question: str) -> Response:
    """One of them."""
    row, leads = or_404(find_question(session(), viewer(), slug, question))
    one = asking_of(row, leads, viewer())
    or_404(one if one.is_shown else None)
    return _table([one], f"{slug}-{one.id}.csv")


def _table(askings: Sequence[Asking], name: str) -> Response:
    return as_csv(name, COLUMNS, list(_rows(askings)))


def _rows(askings: Sequence[Asking]) -> Iterator[tuple[str, ...]]:
    base = site().settings.public_url
    for one in askings:
        answer = one.answer
        for lead in one.origins:
            yield (
                one.id, str(KINDS[one.kind]), one.text, one.language, one.level_words,
                one.status_words if one.kind == "question" else "", one.since,
                answer.says if answer else "", answer.title if answer else "",
                "; ".join(each.who for each in one.lookers),
                "; ".join(each.until or _("no date") for each in one.lookers),
                lead.reason, lead.title, lead.words, lead.name, " ".join(lead.says),
                lead.thread.question if lead.thread else "", base + lead.url, base + one.url,
            )  # fmt: skip
