"""A closed round as files of Polis, with the numbers that its findings show."""

from collections.abc import Iterator

from flask import Response

from discussion.debate.threads.queries.finding import find_thread
from discussion.polis.writing import comment_lines, group_lines, summary_lines
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.site import site
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.exporting import find_closed_round
from discussion.weighing.rounds.queries.frozen import Frozen, frozen_comments, frozen_groups
from discussion.weighing.rounds.views import blueprint


@blueprint.get("/rounds/<slug>/<int:number>/comments.csv")
def comments_file(slug: str, number: int) -> Response:
    """The statements. For everybody who may read what was found; there is nothing before."""
    round = _closed(slug, number)
    lines = or_404(frozen_comments(session(), viewer(), round))
    return _named("comments", round, comment_lines(lines, attribution=round.attribution))


@blueprint.get("/rounds/<slug>/<int:number>/summary.csv")
def summary_file(slug: str, number: int) -> Response:
    """The round in a few numbers."""
    round = _closed(slug, number)
    return _named("summary", round, summary_lines(_frozen(round).summary))


@blueprint.get("/rounds/<slug>/<int:number>/comment-groups.csv")
def groups_file(slug: str, number: int) -> Response:
    """What each group answered to each statement."""
    round = _closed(slug, number)
    found = _frozen(round)
    return _named("comment-groups", round, group_lines(found.lines, len(found.summary.groups)))


def _closed(slug: str, number: int) -> Round:
    thread = or_404(find_thread(session(), viewer(), slug))
    return or_404(find_closed_round(session(), viewer(), thread, number))


def _frozen(round: Round) -> Frozen:
    site_url = site().settings.public_url
    return or_404(frozen_groups(session(), viewer(), round, site_url=site_url))


def _named(name: str, round: Round, pieces: Iterator[str]) -> Response:
    response = Response(list(pieces), mimetype="text/csv")
    filename = f"{name}-{round.thread.slug}-{round.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
