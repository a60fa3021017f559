"""The moderation log and the transparency report in the browser, as CSV and as JSON."""

from dataclasses import astuple, fields

from flask import Blueprint, Response, request

from discussion.oversight.transparency.queries import log_page, report_page, report_rows, stream_log
from discussion.oversight.transparency.shapes import LogLine
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.spreadsheets import as_csv

blueprint = Blueprint("transparency", __name__)


@blueprint.get("/transparency/<slug>/log")
def log(slug: str) -> Response:
    """One month of what moderators did."""
    page = request.args.get("page", "")
    shown = or_404(
        log_page(
            session(),
            viewer(),
            slug,
            month=request.args.get("month", ""),
            only=request.args.get("only", ""),
            page=int(page) if page.isdigit() and len(page) < 6 else 1,
        )
    )
    return answer("transparency/log.html", shown, series=(shown.series_slug, shown.series_title))


@blueprint.get("/transparency/<slug>")
def report(slug: str) -> Response:
    """What was counted in one month."""
    shown = or_404(report_page(session(), viewer(), slug, month=request.args.get("month", "")))
    return answer("transparency/report.html", shown, series=(shown.series_slug, shown.series_title))


@blueprint.get("/transparency/<slug>/log.csv")
def log_file(slug: str) -> Response:
    """The whole log."""
    series = or_404(find_series(session(), viewer(), slug))
    head = [field.name for field in fields(LogLine)]
    lines = [astuple(line) for line in stream_log(session(), series)]
    return as_csv(f"moderation-log-{series.slug}.csv", head, lines)


@blueprint.get("/transparency/<slug>/report.csv")
def report_file(slug: str) -> Response:
    """Every month of the report."""
    series = or_404(find_series(session(), viewer(), slug))
    rows = list(report_rows(session(), series))
    return as_csv(f"transparency-{series.slug}.csv", ["month", "heading", "what", "number"], rows)
