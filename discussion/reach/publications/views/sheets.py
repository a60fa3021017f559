"""Findings and outcomes to take away: two pages of PDF, and a table with its dictionary."""

from flask import Response, abort, request

from discussion.language import language_tag
from discussion.reach.publications.files.mirrors import mirror_as_pdf
from discussion.reach.publications.files.sheets import dictionary_rows, sheet_as_pdf
from discussion.reach.publications.queries.sheets import concluded, found
from discussion.reach.publications.shapes_sheets import Column, Sheet, Sheets
from discussion.reach.publications.views import blueprint
from discussion.web.doorway import session, viewer
from discussion.web.drawn import Drawn
from discussion.web.errors import or_404
from discussion.web.headers import private
from discussion.web.site import site
from discussion.web.spreadsheets import as_csv
from discussion.weighing.practice.models import Run
from discussion.weighing.practice.queries.mirror import mirror_page
from discussion.weighing.practice.queries.reaching import mirrored_run, run_of_link
from discussion.weighing.practice.shapes_mirror import MirrorLinks, MirrorPage

_SHEETS: Drawn[tuple[Sheet, str]] = Drawn()  # by all their words, and the language around them
_MIRRORS: Drawn[tuple[MirrorPage, str]] = Drawn()


@blueprint.get("/publications/sheets/findings/<slug>/<int:number>.pdf")
def findings_pdf(slug: str, number: int) -> Response:
    """One edition of the findings of a thread, on two pages."""
    sheet = found.found_sheet(session(), viewer(), slug, number, _between(), _base())
    return _as_pdf(or_404(sheet), f"findings-{slug}-{number}.pdf")


@blueprint.get("/publications/sheets/findings/<slug>/<int:number>.csv")
def findings_csv(slug: str, number: int) -> Response:
    """The same edition as a table."""
    return _as_csv(or_404(found.found_table(session(), viewer(), slug, number, _between())))


@blueprint.get("/publications/sheets/findings-dictionary.csv")
def findings_dictionary() -> Response:
    """What the columns of that table mean."""
    return _as_dictionary("findings-dictionary.csv", found.COLUMNS)


@blueprint.get("/publications/sheets/outcome/<slug>.pdf")
def outcome_pdf(slug: str) -> Response:
    """The outcome of a closed thread, on two pages."""
    sheet = concluded.outcome_sheet(session(), viewer(), slug, _base())
    return _as_pdf(or_404(sheet), f"outcome-{slug}.pdf")


@blueprint.get("/publications/sheets/outcome/<slug>.csv")
def outcome_csv(slug: str) -> Response:
    """The outcome and every position as a table."""
    return _as_csv(or_404(concluded.outcome_table(session(), viewer(), slug, _base())))


@blueprint.get("/publications/sheets/outcome-dictionary.csv")
def outcome_dictionary() -> Response:
    """What the columns of that table mean."""
    return _as_dictionary("outcome-dictionary.csv", concluded.COLUMNS)


@blueprint.get("/publications/sheets/mirror/<public_id>.pdf")
def mirror_pdf(public_id: str) -> Response:
    """What an organisation says beside what it does, for its coordinator, on two pages."""
    run = or_404(mirrored_run(session(), viewer(), public_id))
    return _mirror(run)


@blueprint.get("/publications/sheets/own-mirror/<link>.pdf")
def own_mirror_pdf(link: str) -> Response:
    """The same for whoever was asked."""
    return _mirror(or_404(run_of_link(session(), viewer(), link)))


def _mirror(run: Run) -> Response:
    page = or_404(mirror_page(session(), run, MirrorLinks("", "", "", "")))
    if page.is_open:
        abort(404)
    made = _MIRRORS.of((page, language_tag()), lambda: mirror_as_pdf(page))
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="mirror.pdf"'
    return private(response)


def _as_pdf(sheet: Sheet, name: str) -> Response:
    made = _SHEETS.of((sheet, language_tag()), lambda: sheet_as_pdf(sheet))
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _as_csv(table: Sheets) -> Response:
    head = [column.name for column in table.columns]
    return as_csv(f"{table.name}.csv", head, table.rows)


def _as_dictionary(name: str, columns: tuple[Column, ...]) -> Response:
    return as_csv(name, ("column", "type", "meaning"), dictionary_rows(columns))


def _between() -> str:
    return request.args.get("between", "")


def _base() -> str:
    return site().settings.public_url
