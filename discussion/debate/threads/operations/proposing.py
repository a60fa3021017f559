"""Proposing a thread, and what moderators make of a proposal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from discussion import clock, text
from discussion.db import hold_word
from discussion.debate.positions.drafts_problems import too_many_links
from discussion.debate.positions.operations.joining import join_if_new
from discussion.debate.positions.operations.screening import find_most_links, refuse_flood
from discussion.debate.threads.drafts import Bounds, ThreadDraft, problems_in, problems_in_why
from discussion.debate.threads.models import (
    OldAddress,
    StageMove,
    Thread,
    thread_scale,
    thread_theme,
)
from discussion.debate.threads.operations.record import lock_thread, proposal_of, tell_proposer
from discussion.decisions.drafts import Case, Ruling
from discussion.decisions.operations.claiming import Taken
from discussion.decisions.operations.deciding import Steps, carry_out
from discussion.language import _
from discussion.permissions.facts import Viewer, is_proposer
from discussion.permissions.may import May
from discussion.permissions.rules import Forbidden, allowed, require
from discussion.problems import Invalid, Refused, refuse
from discussion.series.series.models import Series
from discussion.subjects.happenings import happened
from discussion.vocabulary import of_series

LONGEST_SLUG = 60
NOT_A_SLUG = ("propose", "warnings", "")  # addresses of their own


def propose_thread(
    session: Session, actor: Viewer, series: Series, draft: ThreadDraft, *, now: datetime
) -> Thread:
    """Hand a question to the moderators; raises Invalid with everything that is wrong."""
    require(actor, May.PROPOSE_THREAD, series)
    problems = problems_in(draft, bounds_of(series))
    texts = [(name, getattr(draft, name)) for name in ("question", "context", "use_of_result")]
    problems += too_many_links(texts, find_most_links(session, actor, series))
    if problems:
        raise Invalid(problems)
    refuse_flood(session, actor.person_id, now=now, field="question")
    join_if_new(session, actor, series, now)
    thread = Thread(
        series=series,
        slug=free_slug(session, draft.question),
        stage="proposed",
        proposed_by_id=actor.person_id,
        created_at=now,
        changed_at=now,
    )
    write(session, thread, draft)
    return thread


def open_thread(
    session: Session, actor: Viewer, thread: Thread, *, why: str = "", now: datetime
) -> Thread:
    """Open a proposal for positions; the proposer is told."""
    require(actor, May.CURATE_THREAD, thread)
    refuse_own(actor, thread)

    def check(ruling: Ruling) -> None:
        if thread.series.status != "open":
            raise Refused(_("The series is not open. Open it first."))
        refuse(problems_in_why(ruling.why, is_required=False))

    def apply(ruling: Ruling) -> Ruling:
        enter_open(session, thread, actor.person_id, now)
        return ruling

    _decide(session, actor, thread, Ruling("open", why=why), check, apply, now=now)
    return thread


def decline_thread(
    session: Session, actor: Viewer, thread: Thread, *, why: str, now: datetime
) -> Thread:
    """Put a proposal aside, with the reason that the proposer is told."""
    require(actor, May.CURATE_THREAD, thread)
    refuse_own(actor, thread)

    def check(ruling: Ruling) -> None:
        refuse(problems_in_why(ruling.why))

    def apply(ruling: Ruling) -> Ruling:
        thread.is_hidden = True
        thread.changed_at = now
        return ruling

    _decide(session, actor, thread, Ruling("decline", why=why), check, apply, now=now)
    return thread


LETTERS = {"open": "threads/opened", "decline": "threads/declined"}


def _decide(
    session: Session,
    actor: Viewer,
    thread: Thread,
    ruling: Ruling,
    check: Callable[[Ruling], None],
    apply: Callable[[Ruling], Ruling],
    *,
    now: datetime,
) -> None:
    def hold() -> Case:
        lock_thread(session, thread)
        if thread.stage != "proposed" or thread.is_hidden:
            raise Refused(_("Somebody has already decided on this proposal."))
        return proposal_of(thread, thread.proposed_by_id)

    tell = partial(tell_proposer, session, thread, LETTERS[ruling.action])
    with refusing_taken():
        carry_out(session, actor, ruling, Steps(hold, check, apply, tell), now=now)


def bounds_of(series: Series, *, thread: Thread | None = None) -> Bounds:
    """What may be chosen; what a thread already has may stay, though retired since."""
    kept_themes = {theme.slug for theme in thread.themes} if thread else set()
    kept_scales = {scale.slug for scale in thread.scales} if thread else set()
    return Bounds(
        themes=frozenset(
            kept_themes | {each.slug for each in series.themes if not each.retired_at}
        ),
        scales=frozenset(
            kept_scales | {each.slug for each in series.scales if not each.retired_at}
        ),
        loosest=thread.attribution if thread else series.attribution,
        vocabulary=of_series(series.slug),
    )


def write(session: Session, thread: Thread, draft: ThreadDraft) -> None:
    """Put a sound draft into the row, its themes and scales in the order they were chosen."""
    thread.question = text.line(draft.question)
    thread.context = text.paragraphs(draft.context)
    thread.context_html = str(text.render(thread.context))
    thread.language = text.language_of(thread.words, draft.language, (thread.series.language,))
    thread.levels = [
        level for level in of_series(thread.series.slug).levels if level in draft.levels
    ]
    thread.attribution = draft.attribution
    thread.use_of_result = text.paragraphs(draft.use_of_result)
    themes = {theme.slug: theme for theme in thread.series.themes}
    scales = {scale.slug: scale for scale in thread.series.scales}
    thread.themes = [themes[slug] for slug in dict.fromkeys(draft.themes)]
    thread.scales = [scales[slug] for slug in dict.fromkeys(draft.scales)]
    session.add(thread)
    keep_order(session, thread)


def free_slug(session: Session, question: str) -> str:
    """An address made of the question that no thread has or ever had."""
    stem = text.slugify(question, longest=LONGEST_SLUG)
    stem = f"{stem}-thread".strip("-") if stem in NOT_A_SLUG else stem
    hold_word(session, f"thread/{stem}")  # of two at once the second finds the first
    slug, number = stem, 1
    while _is_taken(session, slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def enter_open(session: Session, thread: Thread, moved_by_id: int | None, now: datetime) -> None:
    """A proposal becomes an open thread, from today."""
    session.add(
        StageMove(
            thread_id=thread.id,
            cycle=thread.cycle,
            before=thread.stage,
            after="open",
            moved_by_id=moved_by_id,
            at=now,
        )
    )
    thread.stage = "open"
    thread.open_on = clock.day(now)
    thread.changed_at = now
    session.flush()
    happened(session, "thread.opened", thread.id, now=now)


def refuse_own(person: Viewer, thread: Thread) -> None:
    """Nobody decides on their own proposal, but conveners, whose series it is."""
    if is_proposer(person, thread) and not allowed(person, May.CONVENE, thread):
        raise Forbidden(May.CURATE_THREAD)


def _is_taken(session: Session, slug: str) -> bool:
    return bool(
        session.scalar(
            select(exists().where(Thread.slug == slug) | exists().where(OldAddress.slug == slug))
        )
    )


@contextmanager
def refusing_taken() -> Iterator[None]:
    """Raises Refused while another moderator has taken the proposal from the desk."""
    try:
        yield
    except Taken as taken:
        raise Refused(str(taken)) from taken


def keep_order(session: Session, thread: Thread) -> None:
    """Keep the order of its themes, of which the first leads, and of its scales."""
    session.flush()
    for order, theme in enumerate(thread.themes):
        session.execute(
            update(thread_theme)
            .where(thread_theme.c.thread_id == thread.id, thread_theme.c.theme_id == theme.id)
            .values(order=order)
        )
    for order, scale in enumerate(thread.scales):
        session.execute(
            update(thread_scale)
            .where(thread_scale.c.thread_id == thread.id, thread_scale.c.scale_id == scale.id)
            .values(order=order)
        )
