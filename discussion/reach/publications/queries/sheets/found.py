"""Findings on two pages, and as a table with a row for every statement and group."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from discussion.debate.threads.queries.finding import find_thread
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer
from discussion.reach.publications.shapes_sheets import (
    FINDINGS,
    Column,
    Drawn,
    Line,
    Part,
    Sheet,
    Sheets,
    Table,
)
from discussion.weighing.findings.queries.page import Asked, findings_page
from discussion.weighing.findings.shapes.found import Clause, Found
from discussion.weighing.findings.shapes.groups import Cell, Group
from discussion.weighing.findings.shapes.ledger import Sure
from discussion.weighing.findings.shapes.page import FindingsPage
from discussion.weighing.findings.shapes.rows import Row

MOST_LINES = 3  # on paper, of one fact; the page and the table have all
COLUMNS = (
    Column("code", "text", "Which statement: E an end, F a fact, M a means, and its number."),
    Column("kind", "text", "end, fact or means; empty where nobody has sorted it."),
    Column("statement", "text", "Its wording, as it was rated."),
    Column("group", "text", "Whose answers the row counts."),
    Column("raters", "whole number", "How many of the group gave a number on the scale."),
    Column("agree", "whole number", "How many of them agree: above the middle of the scale."),
    Column("middle", "whole number", "How many chose the middle."),
    Column("disagree", "whole number", "How many disagree: below the middle."),
    Column("dont_know", "whole number", "How many said that they do not know."),
    Column("not_for_me", "whole number", "How many said that it is not for them to answer."),
    Column("mean", "number", "The average answer, in points of the scale."),
    Column("median", "number", "The middle answer, in points of the scale."),
    Column(
        "not_shown",
        "text",
        "Why the numbers are left out: few (fewer than five people), subtraction (they would tell "
        "such a number), nobody.",
    ),
    Column("gap", "number", "How far the two groups are apart, from 0 to 1. On every row alike."),
    Column("gap_at_least", "number", "At least so far; empty where it could be chance."),
    Column("gap_at_most", "number", "More than this is ruled out, 19 times in 20."),
    Column("p_adjusted", "number", "How often chance gives such a gap, counting all statements."),
    Column("state", "text", "What can be told: apart, same_side, alike, unclear, unknown, …"),
    Column(
        "would_settle",
        "text",
        "Of a fact, what people on whose position it depends say they would need to see: a line "
        "each, from five people on, in a random order. Only on the row of everybody.",
    ),
)


def found_sheet(
    session: Session, viewer: Viewer | None, slug: str, number: int, between: str, site_url: str
) -> Sheet | None:
    """One edition for paper, as its page says it to this reader; None where there is none."""
    page = _page(session, viewer, slug, number, between)
    thread = find_thread(session, viewer, slug)
    if page is None or page.found is None or thread is None:
        return None
    found = page.found
    made_on = in_words(found.provenance.made_at)
    said = found.sentence
    clauses = tuple(_sentence(one) for one in said.clauses)
    return Sheet(
        kind=FINDINGS,
        title=page.thread_question,
        language=thread.language,
        lead=(said.among, *clauses) if clauses else (said.heading,),
        series=page.series_title,
        url=site_url + page.permanent_url,
        running=_(
            "Findings of round %(round)s, edition %(edition)s, %(day)s",
            round=page.round_number,
            edition=page.version,
            day=made_on,
        ),
        facts=tuple(_facts(page, found, made_on)),
        parts=tuple(_parts(page, found)),
        is_demonstration=thread.series.is_demonstration,
    )


def found_table(
    session: Session, viewer: Viewer | None, slug: str, number: int, between: str
) -> Sheets | None:
    """The same edition as rows: of each statement everybody, then each group that is compared."""
    page = _page(session, viewer, slug, number, between)
    if page is None or page.found is None:
        return None
    found = page.found
    groups = {one.key: one.title for one in (found.everybody, *found.groups)}
    settling = {one.code: "\n".join(one.lines) for one in found.settling}
    rows = [
        (*cells, settling.get(row.code, "") if cell is row.everybody else "")
        for kind in found.kinds
        for row in kind.rows
        for cell in (row.everybody, *row.cells)
        for cells in (_cells(row, groups.get(cell.group, cell.group), cell),)
    ]
    return Sheets(f"findings-{page.thread_slug}-{page.version}", COLUMNS, tuple(rows))


def _page(
    session: Session, viewer: Viewer | None, slug: str, number: int, between: str
) -> FindingsPage | None:
    """Without what only the reader may know of their own answers, which no key finds here."""
    asked = Asked(version=number, between=between)
    page = findings_page(session, viewer, slug, asked, secret="")
    return replace(page, mine=None) if page is not None else None


def _cells(row: Row, group: str, cell: Cell) -> tuple[str | int | float | None, ...]:
    sure = row.sure
    return (
        row.code, row.kind, row.text, group, cell.raters, cell.agree, cell.middle, cell.disagree,
        cell.dont_know, cell.not_for_me, _short(cell.mean), _short(cell.median), cell.why_not,
        _short(row.gap), _short(sure.least if sure else None), _short(sure.most if sure else None),
        _short(row.adjusted_p), row.state,
    )  # fmt: skip


def _short(number: float | None) -> float | None:
    return None if number is None else round(number, 4)


def _facts(page: FindingsPage, found: Found, made_on: str) -> Iterator[tuple[str, str]]:
    yield _("Answered"), found.lede
    yield _("Rated"), found.statements_says
    yield _("Counted"), made_on
    if page.ended_early:
        yield _("Ended early"), page.ended_early
    if page.earlier_cycle:
        yield _("Cycle"), _("An earlier cycle of this thread; it has been opened again since.")
    if found.rule:
        yield _("Rule"), found.rule
    if found.provenance.attribution:
        yield _("Source"), found.provenance.attribution


def _parts(page: FindingsPage, found: Found) -> Iterator[Part]:
    if found.inferred_warning:
        yield Part(_("Inferred groups"), (found.inferred_warning,), is_needed=True)
    if found.ledger:
        yield _how_sure(found)
    yield _said(found)
    yield from _told(
        (_("What they have in common"), (found.common.said, *found.common.says)),
        (_("What might move people"), (found.cruxes.said, *found.cruxes.says)),
    )
    if found.settling:
        yield _settling(found)
    yield from _told(
        (_("What many do not know"), (found.unknown.said, *found.unknown.says)),
        (_("Not my view, but reasonable"), found.meta.says),
        (_("Agreement for different reasons"), (found.different_reasons.said,)),
        (_("Not reading the same things"), (found.not_reading.said,)),
        (
            found.viewpoints.title if found.viewpoints else "",
            found.viewpoints.says if found.viewpoints else (),
        ),
    )
    if found.change is not None:
        since = _("What has changed since round %(number)s", number=found.change.before)
        yield Part(since, found.change.says)
    yield Part(_("How this was worked out"), items=tuple(_how(found)))
    if found.ask_next:
        yield Part(_("What could be asked next"), items=found.ask_next)


def _told(*parts: tuple[str, tuple[str, ...]]) -> Iterator[Part]:
    """Those that say anything."""
    for title, says in parts:
        if told := tuple(one for one in says if one):
            yield Part(title, told)


def _how_sure(found: Found) -> Part:
    mark = found.ledger[0].sure.mark
    lines = tuple(
        Line(
            (one.title, one.state_words, " ".join(one.known), " ".join(one.settle)),
            _drawn(one.sure) if one.drawn else None,
        )
        for one in found.ledger
    )
    says = _(
        "On each line 0 is the same answers and 1 opposite ends. The mark is at %(mark)s, where a "
        "difference begins to matter. A ring is the difference found. Solid is at least this far "
        "apart, dashed may be, and what lies beyond the cap is ruled out.",
        mark=f"{mark:g}",
    )
    head = (_("Over"), _("State"), _("What is known"), _("What would settle it"))
    return Part(_("How sure this is"), table=Table(head, lines, says), is_needed=True)


def _settling(found: Found) -> Part:
    lines = tuple(
        f"{one.code}: “{line}”" for one in found.settling for line in one.lines[:MOST_LINES]
    )
    left = sum(len(one.lines[MOST_LINES:]) for one in found.settling)
    says = (
        _("Asked of those whose position depends on the fact. Nobody is named."),
        *(
            [_n("%(num)s more line is on the page.", "%(num)s more lines are on the page.", left)]
            if left
            else []
        ),
    )
    return Part(_("What people would need to see"), says, lines)


def _said(found: Found) -> Part:
    groups: tuple[Group, ...] = found.groups or (found.everybody,)
    head = (_("Statement"), *(one.title for one in groups), _("Gap"), _("What can be told"))
    lines = tuple(
        Line(
            (
                f"{row.code} {row.text}",
                *(cell.words for cell in (row.cells or (row.everybody,))),
                row.gap_words,
                row.state_words,
            )
        )
        for kind in found.kinds
        for row in kind.rows
    )
    title = _("Who agrees with what") if found.groups else _("What everybody said")
    return Part(title, (found.scale_says,), table=Table(head, lines), is_needed=True)


def _how(found: Found) -> Iterator[str]:
    for one in found.provenance.lines:
        yield f"{one.title}: {one.says}"
    made = found.provenance
    yield _("Fingerprint of what was counted: %(hash)s", hash=made.inputs_hash)


def _drawn(sure: Sure) -> Drawn | None:
    if sure.gap is None:
        return None
    return Drawn(sure.gap, sure.least, sure.most, sure.mark)


def _sentence(clause: Clause) -> str:
    """As the page’s heading says it: a colon before what is known, a comma before what is not."""
    parted = ", " if clause.state in ("unclear", "insufficient") else ": "
    words = f"{clause.lead}{parted}{clause.says}" if clause.says else clause.lead
    said = words if words.endswith((".", "?", "…")) else f"{words}."
    return said[:1].upper() + said[1:]
