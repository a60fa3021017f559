"""Two invented items whose links are broken on purpose: something for the desk to settle."""

from datetime import datetime

from sqlalchemy.orm import Session

from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.operations import add_item
from discussion.debate.evidence.operations.looking import record_check
from discussion.debate.evidence.queries.links import address_of
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.series.series.models import Series

FOUND = {
    "gone": Finding("dead", 404),
    "moved": Finding("moved", 200, "https://example.org/invented/clubs-in-one-town"),
}
ITEMS = {
    "gone": ("An invented survey of club registers", "https://example.org/invented/registers"),
    "moved": ("An invented survey of clubs in one town", "https://example.org/invented/clubs"),
}


def add_upkeep(session: Session, series: Series, curator: Person, now: datetime) -> None:
    """Add them, and record what a check of their links would have found."""
    actor = viewer_of(session, curator, now)
    for key, (title, url) in ITEMS.items():
        draft = ItemDraft(
            title=title,
            publisher="Invented for this demonstration",
            url=url,
            kind="survey",
            question_type="what_is_happening",
            description="Invented, as is what became of its link, to show how links are settled.",
        )
        item = add_item(session, actor, series, draft, now=now)
        record_check(session, item.id, address_of(item), FOUND[key], now=now)
