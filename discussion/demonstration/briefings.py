"""The briefing of the demonstration’s closed thread, and two essays, made as moderators would."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.evidence.operations import verify_item
from discussion.debate.evidence.words import LINK_CHECK
from discussion.debate.threads.models import Thread
from discussion.demonstration.files import read
from discussion.demonstration.people import Staff
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.reach.publications.drafts_essay import EssayDraft
from discussion.reach.publications.drafts_marks import Sentence
from discussion.reach.publications.files import make_files
from discussion.reach.publications.models import PublicationSource
from discussion.reach.publications.operations.composing import begin_briefing, keep_draft
from discussion.reach.publications.operations.essays import keep_essay, publish_essay
from discussion.reach.publications.operations.publishing import keep_files, publish
from discussion.reach.publications.operations.telling import tell_authors
from discussion.reach.publications.queries.quoting import is_exact
from discussion.reach.publications.shapes import Document
from discussion.records import read as read_record
from discussion.series.series.models import Series

_ANSWER = re.compile(r"^> A: (.+)$", re.MULTILINE)
_ITEM = re.compile(r"\[R:([\w-]+)\]")


def add_briefing(
    session: Session,
    items: Mapping[str, EvidenceItem],
    staff: Staff,
    now: datetime,
    *,
    site_url: str,
) -> None:
    """Compose it, tell its authors, publish it once their days are over, and make its files."""
    said = read("briefings.toml")
    told = now - timedelta(days=said["told_days_ago"])
    then = now - timedelta(days=said["published_days_ago"])
    thread = session.scalars(select(Thread).where(Thread.slug == said["thread"])).one()
    actor = viewer_of(session, staff.moderator, now)
    row = begin_briefing(session, actor, thread.series, thread=thread, now=told)
    sections = {
        purpose: _marked(words, row.sources, items) for purpose, words in said["sections"].items()
    }
    keep_draft(session, actor, row, row.title, sections, now=told)
    for source in row.sources:
        if source.item is not None and source.item.link_state == "":
            known = (source.item.verified or {}).get("what_was_checked", ())
            verify_item(session, actor, source.item, (*known, LINK_CHECK), now=told)
    tell_authors(session, actor, row, now=told)
    version = publish(session, actor, row, site_url=site_url, now=then)
    keep_files(session, version, make_files(read_record(Document, version.snapshot)))


def add_essays(
    session: Session, series: Series, staff: Staff, now: datetime, *, site_url: str
) -> None:
    """Enter and publish both, as the moderator."""
    actor = viewer_of(session, staff.moderator, now)
    for said in read("essays.toml")["essays"]:
        draft = EssayDraft(**said, provenance="", provenance_url="")
        row = keep_essay(session, actor, series, draft, now=now)
        publish_essay(session, actor, row, site_url=site_url, now=now)


def _marked(
    words: str, sources: Sequence[PublicationSource], items: Mapping[str, EvidenceItem]
) -> str:
    """With the marks that answers and items have in this site: those of answers are drawn."""

    def answer(found: re.Match[str]) -> str:
        rows = (row for row in sources if row.response_id is not None)
        row = next(row for row in rows if is_exact(Sentence(found[1], ()), row))
        return f"> {row.mark}: {found[1]}"

    def item(found: re.Match[str]) -> str:
        row = next(row for row in sources if row.item_id == items[found[1]].id)
        return f"[{row.mark}]"

    return _ITEM.sub(item, _ANSWER.sub(answer, words))
