"""What the site noticed in versions that wait, so that nobody approves them unread."""

from collections.abc import Sequence
from itertools import chain

from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts import told_apart
from discussion.debate.evidence.queries import find_unlisted
from discussion.debate.positions.models import ResponseText, Revision
from discussion.debate.positions.queries.held import held_in_words
from discussion.decisions.words_noticed import find_notices, said_if, say_signs
from discussion.language import _
from discussion.oversight.moderation.queries.batches import list_reported
from discussion.oversight.moderation.queries.shapes import Noticed
from discussion.subjects.finding import kind_of, subject_of
from discussion.subjects.kinds import Subject
from discussion.vocabulary import Vocabulary, of_series

Version = Revision | ResponseText


def list_signs(session: Session, versions: Sequence[Version]) -> dict[int, tuple[str, ...]]:
    """Why each of these versions (all of positions, or all of responses) is not approved unread.

    By the version's id; empty when nothing speaks against it.
    """
    if not versions:
        return {}
    kind = kind_of(versions[0].contribution)
    reported = list_reported(session, kind, [one.contribution.public_id for one in versions])
    unread = {item.id: item for item in find_unlisted(session, chain(*map(_cited, versions)))}
    found = {}
    for one in versions:
        item, brought = one.contribution, [unread[id] for id in _cited(one) if id in unread]
        known = of_series(item.thread.series.slug)
        texts = subject_of(item).written(one)
        beside = [notice for source in brought for notice in told_apart(source, known)]
        found[one.id] = (
            *said_if(item.public_id in reported, _("Somebody reported it")),
            *said_if(one.held_for, held_in_words(one.held_for, attribution=item.attribution)),
            *say_signs(texts, known.signs, beside=beside, sources=len(brought)),
        )
    return found


def notices_in(
    session: Session, subject: Subject, version: Version, known: Vocabulary
) -> tuple[Noticed, ...]:
    """What may identify somebody in a version, and in the sources that come with it."""
    unread = find_unlisted(session, subject.brings(version))
    found = find_notices(subject.written(version), known.signs)
    for source in unread:
        found += told_apart(source, known)
    return tuple(Noticed(str(one.kind), one.found) for one in found)


def _cited(version: Version) -> Sequence[int]:
    return subject_of(version.contribution).brings(version)
