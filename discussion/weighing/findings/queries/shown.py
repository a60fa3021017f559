"""A snapshot as it may be shown now. The row never changes; what everybody may read of it does.

Of snapshots that were made before rounds were judged together, a later round's numbers for what an
earlier one had asked are left out, with everything that was said from them.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.attributes import set_committed_value

from discussion.weighing.findings.computing.earlier import hide
from discussion.weighing.findings.content.compared import Comparisons
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.due import list_unjudged
from discussion.weighing.statements.models import Statement, StatementVersion

_CHANGED = (
    select(Statement.public_id, StatementVersion)
    .join(StatementVersion, StatementVersion.statement_id == Statement.id)
    .where(
        Statement.thread_id.in_(bindparam("thread_ids", expanding=True)),
        StatementVersion.withheld_at.is_not(None) | StatementVersion.redacted_at.is_not(None),
    )
)
# Of a snapshot that goes to `shown_content`: what was read before is not read again.
UNREAD = defer(FindingSnapshot.results)
_RESULTS = select(FindingSnapshot.id, FindingSnapshot.results).where(
    FindingSnapshot.id.in_(bindparam("ids", expanding=True))
)
NOT_SAID = Comparisons(headline="", comparisons={})


def shown_content(session: Session, snapshot: FindingSnapshot) -> Content:
    """Everything that a page, a file or a letter may take from a snapshot."""
    return shown_contents(session, [snapshot])[snapshot.id]


def shown_contents(session: Session, snapshots: Collection[FindingSnapshot]) -> dict[int, Content]:
    """The same of many, by id: one statement, whatever their number."""
    _read_results(session, snapshots)
    words = _changed_words(session, {each.thread_id for each in snapshots})
    return {each.id: _with_words(_judged(session, each), words) for each in snapshots}


def _read_results(session: Session, snapshots: Collection[FindingSnapshot]) -> None:
    """Of all that were loaded without and are not kept, in one statement."""
    missing = {
        each.id: each
        for each in snapshots
        if "results" in inspect(each).unloaded and CONTENTS.find(each.public_id) is None
    }
    if not missing:
        return
    for id, results in session.execute(_RESULTS, {"ids": list(missing)}):
        set_committed_value(missing[id], "results", results)


def _judged(session: Session, snapshot: FindingSnapshot) -> Content:
    content = snapshot.content
    if codes := list_unjudged(session, snapshot):
        return replace(content, ratings=hide(content.ratings, codes), found=NOT_SAID, change=None)
    return content


def _changed_words(
    session: Session, thread_ids: Collection[int]
) -> dict[tuple[str, int], StatementVersion]:
    """Wordings that are not to be read as they were: by statement and version."""
    rows = session.execute(_CHANGED, {"thread_ids": list(thread_ids)})
    return {(public_id, version.version): version for public_id, version in rows}


def _with_words(content: Content, words: Mapping[tuple[str, int], StatementVersion]) -> Content:
    """With the words that may be read now; numbers stay."""
    if not words:
        return content
    statements = tuple(
        replace(each, text=words[each.id, each.version].text)
        if (each.id, each.version) in words
        else each
        for each in content.ratings.statements
    )
    return replace(content, ratings=replace(content.ratings, statements=statements))
