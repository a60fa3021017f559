"""What waits for the word of somebody."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.queries.summarising import find_steelman
from discussion.language import _, _n, in_words
from discussion.permissions.facts import Viewer
from discussion.reach.notices.queries.lines.own import Ids, is_secret, own_position, readable_thread
from discussion.reach.notices.shapes import Line
from discussion.series.series.models import Scale
from discussion.weighing.statements.models import StatementSource
from discussion.weighing.statements.queries.asked import list_unanswered


def steelman(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """How a summary puts one's position."""
    position = own_position(session, viewer, ids["position"])
    stands = find_steelman(session, position) if position else None
    if position is None or stands is None or stands.id != ids["steelman"]:
        return None
    thread = position.thread
    return Line(
        about=_("Your position"),
        place=thread.question,
        says=_("The moderators’ summary says what you hold. Is it fair?"),
        more="" if stands.answer == "unanswered" else _("You have answered."),
        url=paths.steelman(thread.slug, position.public_id),
        action=_("Read how they put it"),
        is_own_secret=is_secret(position),
        series=thread.series,
    )


def fair(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """Statements drawn from one's positions, as long as any of them waits."""
    thread = readable_thread(session, viewer, ids["thread"])
    if thread is None:
        return None
    asked = list_unanswered(session, viewer.person_id, thread, clock.today())
    if not asked:
        return None
    own = session.scalars(
        select(Position)
        .join(StatementSource, StatementSource.position_id == Position.id)
        .where(StatementSource.statement_id.in_([one.id for one, _version in asked]))
        .where(Position.author_id == viewer.person_id)
    ).all()
    by = max((version.answer_by for _one, version in asked if version.answer_by), default=None)
    return Line(
        about=_("Your position"),
        place=thread.question,
        says=_n(
            "A statement was drawn from it. Is it fair?",
            "%(num)s statements were drawn from it. Are they fair?",
            len(asked),
        ),
        more=_("You are asked until %(day)s.", day=in_words(by)) if by else "",
        url=paths.is_it_fair(thread.slug, asked[0][0].public_id),
        action=_("Say whether it is fair"),
        is_own_secret=is_secret(*own),
        series=thread.series,
    )


def place_asked(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """A scale was replaced on which one's position stood."""
    position = own_position(session, viewer, ids["position"])
    scale = session.get(Scale, ids["scale"])
    if position is None or position.live is None or scale is None or scale.retired_at is not None:
        return None
    if position.live.placements.get(scale.slug) is not None:
        return None
    return Line(
        about=_("Your position"),
        place=position.thread.question,
        says=_("A scale on which it stood was replaced. Where is it on the new one?"),
        url=paths.position(position.public_id),
        action=_("Place it"),
        is_own_secret=is_secret(position),
        series=scale.series,
    )
