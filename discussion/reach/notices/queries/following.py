"""Series, themes, threads, positions, values, items and questions, as they are followed."""

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import EvidenceLink, Position, Revision, ValueTag
from discussion.debate.threads.models import Thread, thread_theme
from discussion.debate.threads.words import STAGES
from discussion.language import _, _l, _n
from discussion.permissions.facts import TEXT_STATES, Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.permissions.visibility import visible_publications
from discussion.reach.needed.models import Question, Step
from discussion.reach.needed.queries.finding import find_question
from discussion.reach.notices.queries.followable import Followable, Followed, Window
from discussion.reach.notices.queries.new import (
    CHATHAM,
    count_positions,
    count_responses,
    count_versions,
    list_moves,
)
from discussion.reach.publications.models import Publication
from discussion.series.series.models import Series, Theme
from discussion.series.values.models import Value
from discussion.weighing.findings.models import FindingSnapshot

LONGEST = 160
Said = tuple[str, ...]


def _find_series(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _series(session, viewer, subject)
    return Followed(row.title, paths.series(row.slug), row) if row else None


def _series_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _series(session, viewer, subject)
    if row is None:
        return ()
    return (
        *_threads_and_positions(session, viewer, window, Thread.series_id == row.id),
        *_publications(session, viewer, row, window),
    )


def _find_theme(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _theme(session, viewer, subject)
    if row is None:
        return None
    return Followed(row.question, paths.theme(row.series.slug, row.slug), row.series)


def _theme_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _theme(session, viewer, subject)
    if row is None:
        return ()
    under = select(thread_theme.c.thread_id).where(thread_theme.c.theme_id == row.id)
    return _threads_and_positions(session, viewer, window, Thread.id.in_(under))


def _find_thread(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _thread(session, viewer, subject)
    return Followed(row.question, paths.thread(row.slug), row.series, row.id) if row else None


def thread_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _thread(session, viewer, subject)
    if row is None:
        return ()
    here = Thread.id == row.id
    return (
        *_positions(count_positions(session, viewer, window, here)),
        *_responses(count_responses(session, viewer, window, here)),
        *(
            _("It has moved on: %(stage)s.", stage=str(STAGES[move.after]).lower())
            for move in list_moves(session, viewer, window, here)
        ),
        *_findings(session, viewer, row, window),
    )


def _find_position(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _position(session, viewer, subject)
    if row is None or row.live is None:
        return None
    title = text.excerpt(row.live.claim, LONGEST)
    return Followed(title, paths.position(row.public_id), row.series, row.thread_id)


def _position_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _position(session, viewer, subject)
    if row is None:
        return ()
    here = Position.id == row.id
    versions = count_versions(session, viewer, window, here, Revision.version > 1)
    return (
        *([_("It has a new version.")] if versions else []),
        *_responses(count_responses(session, viewer, window, here)),
    )


def _find_value(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    found = _value(session, viewer, subject)
    if found is None:
        return None
    series, row = found
    return Followed(row.label, paths.value(series.slug, row.slug), series)


def _value_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    found = _value(session, viewer, subject)
    if found is None:
        return ()
    named = (ValueTag.value_id == found[1].id) & ValueTag.is_outweighed.is_(False)
    now = exists().where(ValueTag.revision_id == Position.live_revision_id, named)
    before = (
        exists()
        .where(Revision.position_id == Position.id, Revision.id < Position.live_revision_id)
        .where(Revision.version.is_not(None), ValueTag.revision_id == Revision.id, named)
    )
    many = count_versions(session, viewer, window, now, ~before.correlate(Position))
    if not many:
        return ()
    return (_n("A position serves it that did not before.",
               "%(num)s positions serve it that did not before.", many),)  # fmt: skip


def _find_item(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _item(session, viewer, subject)
    if row is None:
        return None
    return Followed(row.title, paths.item(row.series.slug, row.public_id), row.series)


def _item_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _item(session, viewer, subject)
    if row is None:
        return ()
    cites = EvidenceLink.item_id == row.id
    now = exists().where(EvidenceLink.revision_id == Position.live_revision_id, cites)
    before = (
        exists()
        .where(Revision.position_id == Position.id, Revision.id < Position.live_revision_id)
        .where(Revision.version.is_not(None), EvidenceLink.revision_id == Revision.id, cites)
    )
    many = count_versions(session, viewer, window, now, ~before.correlate(Position))
    if not many:
        return ()
    return (_n("A position cites it that did not before.",
               "%(num)s positions cite it that did not before.", many),)  # fmt: skip


def _find_question(session: Session, viewer: Viewer, subject: str) -> Followed | None:
    row = _question(session, viewer, subject)
    if row is None:
        return None
    return Followed(row.text, paths.needed_question(row.series.slug, row.public_id), row.series)


def _question_news(session: Session, viewer: Viewer, subject: str, window: Window) -> Said:
    row = _question(session, viewer, subject)
    if row is None:
        return ()
    kinds = set(
        session.scalars(
            select(Step.kind)
            .where(Step.question_id == row.id)
            .where(Step.at > window.since, Step.at <= window.until)
        )
    )
    says = {
        "answered": _("It is answered.") if row.is_answered else "",
        "looking": _("Somebody says that they look into it."),
        "reopened": "" if row.is_answered else _("It is open again."),
    }
    return tuple(said for kind, said in says.items() if kind in kinds and said)


OURS = (
    Followable(
        "series", _l("Series"), _l("Follow this series"), _find_series, _series_news, is_place=True
    ),
    Followable("theme", _l("Theme"), _l("Follow this theme"), _find_theme, _theme_news),
    Followable(
        "thread", _l("Thread"), _l("Follow this thread"), _find_thread, thread_news, is_place=True
    ),
    Followable(
        "position", _l("Position"), _l("Follow this position"), _find_position, _position_news
    ),
    Followable("value", _l("Value"), _l("Follow this value"), _find_value, _value_news),
    Followable("item", _l("Source"), _l("Follow this source"), _find_item, _item_news),
    Followable(
        "question", _l("Question"), _l("Follow this question"), _find_question, _question_news
    ),
)


def _series(session: Session, viewer: Viewer, slug: str) -> Series | None:
    row = session.scalar(select(Series).where(Series.slug == slug))
    return row if row is not None and allowed(viewer, May.READ_SERIES, row) else None


def _theme(session: Session, viewer: Viewer, subject: str) -> Theme | None:
    slug, _slash, theme = subject.partition("/")
    series = _series(session, viewer, slug)
    if series is None:
        return None
    asked = select(Theme).where(Theme.series_id == series.id, Theme.slug == theme)
    return session.scalar(asked)


def _thread(session: Session, viewer: Viewer, slug: str) -> Thread | None:
    row = session.scalar(select(Thread).where(Thread.slug == slug))
    while row is not None and row.merged_into is not None:
        row = row.merged_into
    return row if row is not None and allowed(viewer, May.READ_THREAD, row) else None


def _position(session: Session, viewer: Viewer, public_id: str) -> Position | None:
    """None under the Chatham House Rule, where nobody is to be followed."""
    row = session.scalar(select(Position).where(Position.public_id == public_id))
    if row is None or row.attribution == CHATHAM or row.state not in TEXT_STATES:
        return None
    return row if allowed(viewer, May.READ_POSITION, row) else None


def _value(session: Session, viewer: Viewer, subject: str) -> tuple[Series, Value] | None:
    slug, _slash, value = subject.partition("/")
    series = _series(session, viewer, slug)
    if series is None:
        return None
    asked = select(Value).where(Value.series_id == series.id, Value.slug == value)
    row = session.scalar(asked)
    while row is not None and row.replaced_by is not None:
        row = row.replaced_by
    return (series, row) if row is not None else None


def _item(session: Session, viewer: Viewer, public_id: str) -> EvidenceItem | None:
    row = session.scalar(select(EvidenceItem).where(EvidenceItem.public_id == public_id))
    return row if row is not None and allowed(viewer, May.READ_ITEM, row) else None


def _question(session: Session, viewer: Viewer, subject: str) -> Question | None:
    slug, _slash, public_id = subject.partition("/")
    found = find_question(session, viewer, slug, public_id)
    return found[0] if found is not None else None


def _threads_and_positions(
    session: Session, viewer: Viewer, window: Window, where: ColumnElement[bool]
) -> Said:
    moves = list_moves(session, viewer, window, where)
    opened = [move for move in moves if move.after == "open"]
    said = []
    if opened:
        said.append(_n("A thread has opened.", "%(num)s threads have opened.", len(opened)))
    many = count_positions(session, viewer, window, where)
    return (*said, *_positions(many))


def _positions(many: int) -> Said:
    return (_n("A new position.", "%(num)s new positions.", many),) if many else ()


def _responses(many: int) -> Said:
    return (_n("A new response.", "%(num)s new responses.", many),) if many else ()


def _findings(session: Session, viewer: Viewer, thread: Thread, window: Window) -> Said:
    rows = session.scalars(
        select(FindingSnapshot)
        .where(FindingSnapshot.thread_id == thread.id)
        .where(FindingSnapshot.made_at > window.since, FindingSnapshot.made_at <= window.until)
    )
    is_found = any(
        row.round is not None and allowed(viewer, May.READ_FINDINGS, row.round) for row in rows
    )
    return (_("What a round found can be read."),) if is_found else ()


def _publications(session: Session, viewer: Viewer, series: Series, window: Window) -> Said:
    rows = session.scalars(
        select(Publication)
        .join(Publication.series)
        .where(Publication.series_id == series.id, visible_publications(viewer))
        .where(Publication.published_at > window.since, Publication.published_at <= window.until)
    ).all()
    many = len(rows)
    if not many:
        return ()
    return (_n("A briefing or an essay is out.", "%(num)s briefings or essays are out.", many),)
