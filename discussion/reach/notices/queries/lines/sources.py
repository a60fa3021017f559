"""What became of a source or a value that one names."""

from sqlalchemy.orm import Session

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.queries.citing import list_citing_of
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.reach.notices.queries.lines.own import Ids, is_secret, own_position
from discussion.reach.notices.shapes import Line
from discussion.series.values.models import Value


def look(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """A source was withdrawn or has a later version, or its link is dead; while it is so."""
    item, about = session.get(EvidenceItem, ids["item"]), ids["about"]
    if item is None or about not in (item.status, item.link_state):
        return None
    if not allowed(viewer, May.READ_ITEM, item):
        return None
    relying = list_citing_of(session, item, viewer.person_id)
    says = {
        "retracted": _("It was retracted."),
        "superseded": _("It has a later version."),
        "dead": _("Its link leads nowhere."),
    }.get(about)
    if not relying or says is None:
        return None
    successor = item.superseded_by if about == "superseded" else None
    return Line(
        about=_("A source you cite"),
        place=item.title,
        says=says,
        more=_("It is “%(title)s”.", title=successor.title)
        if successor is not None and allowed(viewer, May.READ_ITEM, successor)
        else "",
        url=paths.item(item.series.slug, item.public_id),
        action=_("Look at your source again"),
        is_own_secret=is_secret(*(one.written for one in relying)),
        series=item.series,
    )


def merged(session: Session, viewer: Viewer, ids: Ids) -> Line | None:
    """A value that one's position names was merged into another."""
    position = own_position(session, viewer, ids["position"])
    value = session.get(Value, ids["value"])
    into = session.get(Value, ids["into"])
    if position is None or value is None or into is None or value.replaced_by_id != into.id:
        return None
    return Line(
        about=_("Your position"),
        place=position.thread.question,
        says=_("The value “%(value)s” was merged into “%(into)s”.",
               value=value.label, into=into.label),
        url=paths.position(position.public_id),
        action=_("Read how it stands now"),
        is_own_secret=is_secret(position),
        series=position.thread.series,
    )  # fmt: skip
