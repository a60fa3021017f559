"""The statements of a closed round as Polis' `comments.csv`, with the counts that are shown."""

from flask import Response

from discussion.debate.threads.queries.finding import find_thread
from discussion.polis.writing import comment_lines
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.weighing.rounds.queries.exporting import find_closed_round
from discussion.weighing.rounds.queries.frozen import frozen_comments
from discussion.weighing.rounds.views import blueprint


@blueprint.get("/rounds/<slug>/<int:number>/comments.csv")
def comments_file(slug: str, number: int) -> Response:
    """For everybody who may read what was found; there is nothing before."""
    thread = or_404(find_thread(session(), viewer(), slug))
    round = or_404(find_closed_round(session(), viewer(), thread, number))
    lines = or_404(frozen_comments(session(), viewer(), round))
    pieces = list(comment_lines(lines, attribution=round.attribution))
    response = Response(pieces, mimetype="text/csv")
    name = f"comments-{thread.slug}-{round.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
