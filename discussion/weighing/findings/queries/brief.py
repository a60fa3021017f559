"""The newest findings in brief: a sentence that names its groups, their counts, and a picture."""

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.language import _, language_tag
from discussion.vocabulary import of_series
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.presenters.basis import Basis, Known
from discussion.weighing.findings.queries.presenters.found import say
from discussion.weighing.findings.queries.presenters.provenance import inferred_warning
from discussion.weighing.findings.queries.presenters.rows import all_rows, dimensions, row_of
from discussion.weighing.findings.queries.shown import UNREAD, shown_contents
from discussion.weighing.findings.sentences.groups import title_of
from discussion.weighing.findings.sentences.quoting import quoted, rule_before
from discussion.weighing.findings.shapes.brief import Brief, BriefRow
from discussion.weighing.findings.shapes.found import Sentence
from discussion.weighing.findings.shapes.groups import Group
from discussion.weighing.findings.shapes.rows import Row
from discussion.weighing.findings.words import EARLIER_BRIEFLY
from discussion.weighing.rounds.models import Round

LOOKED_AT = 3  # of a series: the newest that says something leads, else the newest
_THREADS = "thread_ids"
NOT_TOLD = "not_enough_to_say"
# Over what a verdict finds people apart: where to look for the statement that shows it.
SHOWN_BY = {
    "about_facts": ("fact", "means"),
    "about_means": ("means",),
    "partly_known": ("means",),
    "agreement_despite_facts": ("fact",),
}
_OTHERWISE = ("end", "fact", "means")


def lead_findings(session: Session, threads: Collection[Thread]) -> dict[int, Brief]:
    """The finding that leads each series, by the series' id, of threads that the viewer may read.

    In two statements whatever their number, and in none without threads.
    """
    if not threads:
        return {}
    found: dict[int, Brief] = {}
    by_id = {thread.id: thread for thread in threads}
    for snapshot, brief in _read(session, _leading(), by_id):
        series_id = by_id[snapshot.thread_id].series_id
        leading = found.get(series_id)
        if leading is None or (leading.state != "found" and brief.state == "found"):
            found[series_id] = brief
    return found


@cache
def _leading() -> Select[FindingSnapshot]:
    """The newest few of each series."""
    newest = _newest(of_this_cycle=True).subquery()
    place = func.row_number().over(
        partition_by=Thread.series_id,
        order_by=(FindingSnapshot.made_at.desc(), FindingSnapshot.id.desc()),
    )
    ranked = (
        select(FindingSnapshot.id, place.label("place"))
        .join(FindingSnapshot.thread)
        .where(FindingSnapshot.id.in_(select(newest)))
        .subquery()
    )
    return _snapshots(select(ranked.c.id).where(ranked.c.place <= LOOKED_AT))


def all_findings(session: Session, threads: Collection[Thread]) -> dict[int, Brief]:
    """The newest of each thread, of whichever cycle, by thread's id and the newest first."""
    if not threads:
        return {}
    by_id = {thread.id: thread for thread in threads}
    return {snapshot.thread_id: brief for snapshot, brief in _read(session, _newest_ones(), by_id)}


@cache
def _newest_ones() -> Select[FindingSnapshot]:
    return _snapshots(_newest(of_this_cycle=False))


def _newest(*, of_this_cycle: bool) -> Select[int]:
    """Ids of the newest snapshot of each thread; snapshots are made of closed rounds alone."""
    newest = (
        select(func.max(FindingSnapshot.id))
        .join(FindingSnapshot.thread)
        .join(Round, Round.id == FindingSnapshot.round_id)
        .where(FindingSnapshot.thread_id.in_(bindparam(_THREADS, expanding=True)))
        .where(Round.state == "closed")
        .group_by(FindingSnapshot.thread_id)
    )
    return newest.where(Round.cycle == Thread.cycle) if of_this_cycle else newest


def _snapshots(ids: Select[int]) -> Select[FindingSnapshot]:
    return (
        select(FindingSnapshot)
        .where(FindingSnapshot.id.in_(ids))
        .options(UNREAD, joinedload(FindingSnapshot.round))
        .order_by(FindingSnapshot.made_at.desc(), FindingSnapshot.id.desc())
    )


def _read(
    session: Session, asked: Select[FindingSnapshot], by_id: dict[int, Thread]
) -> Sequence[tuple[FindingSnapshot, Brief]]:
    rows = session.scalars(asked, {_THREADS: list(by_id)}).all()
    contents = shown_contents(session, rows) if rows else {}
    return [(row, _brief(row, contents[row.id], by_id[row.thread_id])) for row in rows]


def _brief(snapshot: FindingSnapshot, content: Content, thread: Thread) -> Brief:
    vocabulary = of_series(thread.series.slug)
    under = thread.slug, thread.question, thread.language, vocabulary
    basis = Basis(content, content.found.headline, "", Known(), vocabulary)
    return CONTENTS.said(
        content, ("brief", language_tag()), under, lambda: _in_brief(basis, snapshot, thread)
    )


def _in_brief(basis: Basis, snapshot: FindingSnapshot, thread: Thread) -> Brief:
    said, rule = say(basis), rule_before(basis.content)
    groups = tuple(basis.group(key) for key in basis.two)
    verdict = said.verdict
    is_told = verdict != NOT_TOLD
    return Brief(
        state="found" if is_told else "cannot_tell",
        sentence=said.short or _sentence(basis, said),
        answered=said.answered,
        groups=groups,
        who=tuple(group.title if said.among else _counted(group) for group in groups),
        rows=tuple(_row(row) for row in _telling(basis, said)) if is_told else (),
        dimensions=dimensions(basis),
        points=basis.about.points,
        found_on=clock.day(snapshot.made_at),
        cycle=snapshot.round.cycle if snapshot.round else 1,
        url=paths.findings(thread.slug),
        thread_slug=thread.slug,
        thread_question=thread.question,
        thread_language=thread.language,
        thread_url=paths.thread(thread.slug),
        notes=tuple(
            note
            for note in (
                rule,
                inferred_warning(basis),
                basis.about.attribution,
            )
            if note
        ),
    )


def _sentence(basis: Basis, said: Sentence) -> str:
    """By the rule before: the verdict without the statements, which are drawn beside."""
    if said.verdict not in EARLIER_BRIEFLY:
        return said.heading
    first, second = basis.two
    who = _("%(a)s and %(b)s", a=title_of(first, basis.labels), b=basis.name(second))
    kind, _sep, rest = first.partition(":")
    if kind == "leans":  # a statement's code says nothing away from its page
        who = _(
            "People who agree and people who disagree with %(statement)s",
            statement=quoted(basis.texts[rest.partition(":")[0]]),
        )
    return str(EARLIER_BRIEFLY[said.verdict]) % {"who": who}


def _counted(group: Group) -> str:
    """ "18 midwives"; of those who lean one way, "18 who agree"."""
    if group.key.startswith("leans:") and group.size:
        if group.key.endswith(":agree"):
            return _("%(num)s who agree", num=group.size)
        return _("%(num)s who disagree", num=group.size)
    return group.says


def _telling(basis: Basis, said: Sentence) -> tuple[Row, ...]:
    """The statement that the sentence names, where both groups may be shown."""
    if basis.found is None:
        return ()
    if said.clauses:
        named = basis.statements.get(next(iter(said.clauses[0].codes), ""))
        row = row_of(basis, named) if named else None
        return (row,) if row is not None and _is_drawn(row) else ()
    return _telling_before([row for row in all_rows(basis) if _is_drawn(row)], said.verdict)


def _telling_before(rows: Sequence[Row], verdict: str) -> tuple[Row, ...]:
    """By the rule before: of what the verdict is about, the widest gap first."""
    order = {kind: place for place, kind in enumerate(SHOWN_BY.get(verdict, _OTHERWISE))}
    alike = sorted(
        (row for row in rows if row.state == "alike"), key=lambda row: (row.gap or 0, row.code)
    )
    apart = sorted(
        (row for row in rows if row.state == "apart"),
        key=lambda row: (order.get(row.kind, 9), -(row.gap or 0), row.code),
    )
    return tuple(alike[: 1 if apart else 2] + apart[:1])


def _is_drawn(row: Row) -> bool:
    return not row.is_left_out and len(row.cells) == 2 and all(cell.shares for cell in row.cells)


def _row(row: Row) -> BriefRow:
    first, second = row.cells
    return BriefRow(
        code=row.code,
        kind=row.kind,
        text=row.text,
        cells=row.cells,
        gap=row.gap,
        gap_words=row.gap_words,
        state=row.state,
        state_words=row.state_words,
        is_one_sided=row.is_one_sided,
        says=_("%(first)s and %(second)s agree", first=first.words, second=second.words),
    )
