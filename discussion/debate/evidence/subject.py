"""An item of the library as a piece of writing."""

from collections.abc import Iterator
from typing import ClassVar

from sqlalchemy import literal, null, select
from sqlalchemy.orm import Session, joinedload

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem, LinkCheck, found_by
from discussion.debate.evidence.queries.wording import short_source
from discussion.language import _, _l, _n
from discussion.permissions.may import May
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Beside, Excerpt, KindWords, Passage
from discussion.subjects.texts import ADDRESS, LIST, PLAIN, Text, Typed, passages_of, texts_of

LABEL = 60


def _find_anew(row: EvidenceItem, column: str) -> None:
    if column in ("title", "authors"):
        row.title_folded = found_by(row.title, row.authors, row.year)


ITEMS = Typed(
    EvidenceItem,
    {
        "title": PLAIN,
        "authors": LIST,
        "publisher": PLAIN,
        "citation": PLAIN,
        "licence_note": PLAIN,
        "strength_note": PLAIN,
        "population": PLAIN,
        "context": PLAIN,
        "outcome": PLAIN,
        "effect": PLAIN,
        "cost": PLAIN,
        "limitations": PLAIN,
        "description": PLAIN,
        "status_note": PLAIN,
        "url": ADDRESS,
        "doi": ADDRESS,
        "archive_url": ADDRESS,
    },
    follows=_find_anew,
)
CHECKS = Typed(LinkCheck, {"url": ADDRESS, "leads_to": ADDRESS})


class EvidenceSubject(Subject):
    kind = "evidence"
    plural = "evidence"
    model = EvidenceItem
    beside = (joinedload(EvidenceItem.series),)
    typed = (ITEMS, CHECKS)
    reads = May.READ_ITEM
    is_hidden_by_report = True
    words: ClassVar[KindWords] = KindWords(
        name=_l("Item of the library"),
        logged=_l("Evidence"),
        report=_l("Report an item of the library"),
        reported=_l("The moderators have your report of an item of the library."),
        hidden=_l("The item that you added to the library is hidden for now"),
        redact=_l("Take words out of an item of the library"),
        author=_l("The person who added this to the library"),
        about=_l("It is about what you added to the library, “%(title)s”."),
        headlines={
            "hide": _l("What you added to the library is hidden"),
            "restore": _l("What you added to the library is shown again"),
            "redact": _l("Some words were taken out of what you added to the library"),
            "unredact": _l("Some words were put back into what you added to the library"),
        },
    )
    row: EvidenceItem

    @classmethod
    def standing(cls) -> Standing:
        return select(EvidenceItem.public_id, null(), literal(""), EvidenceItem.added_by_id, null())

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s item of the library", "%(num)s items of the library", count)

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def label(self) -> str:
        return _("The library: %(title)s", title=text.excerpt(self.row.title, LABEL))

    @property
    def url(self) -> str:
        return paths.item(self.row.series.slug, self.id)

    @property
    def author_id(self) -> int | None:
        return self.row.added_by_id

    @property
    def is_hidden(self) -> bool:
        return self.row.is_hidden

    def excerpt(self, number: int | None = None) -> Excerpt:
        return Excerpt(self.row.title, self.row.language)

    def html(self, session: Session, version_id: int | None = None) -> str:
        return str(text.render(self.row.description)) if self.row.description else ""

    def beside_words(self) -> Beside:
        return Beside(source=short_source(self.row))

    def passages(self) -> tuple[Passage, ...]:
        row = self.row
        if row.is_hidden or not row.is_listed:
            return ()
        return passages_of(*texts_of(ITEMS, [row], row.language))

    def texts(self, session: Session) -> Iterator[Text]:
        checks = session.scalars(
            select(LinkCheck).where(LinkCheck.item_id == self.row.id).order_by(LinkCheck.id)
        )
        yield from texts_of(ITEMS, [self.row], self.row.language)
        yield from texts_of(CHECKS, checks, self.row.language)
