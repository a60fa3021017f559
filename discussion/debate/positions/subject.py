"""A position as a piece of writing."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from discussion import paths
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions import drafts_fields as fields
from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.models import (
    EvidenceLink,
    Position,
    ResponseText,
    Revision,
    ValueTag,
)
from discussion.debate.positions.queries.cards import Around
from discussion.debate.positions.queries.history import list_changes
from discussion.debate.positions.queries.shapes import Change
from discussion.debate.positions.subject_contribution import ContributionSubject
from discussion.debate.positions.words import version_in_words
from discussion.debate.threads.models import Steelman, Thread
from discussion.debate.threads.subject import NOTES, STEELMEN
from discussion.language import _, _l, _n
from discussion.permissions.may import May
from discussion.series.values.subject import PROPOSALS
from discussion.subjects.kinds import Standing
from discussion.subjects.shapes import (
    Excerpt,
    KindWords,
    Passage,
    PublicReasons,
    Version,
    Waits,
)
from discussion.subjects.texts import MARKDOWN, PLAIN, Text, Typed, passages_of, texts_of


def _columns(table: type[PositionDraft] | type[TagDraft] | type[LinkDraft]) -> dict[str, str]:
    """The texts of a version, as the table of its fields has them."""
    return {
        one.name: MARKDOWN if one.how.is_markdown else PLAIN
        for one in fields.texts_of(table)
        if one.is_column
    }


REVISIONS = Typed(
    Revision,
    _columns(PositionDraft),
    html={"reasoning": "reasoning_html"},
    prefix=lambda row: f"p{row.position.public_id}-",
)
TAGS = Typed(ValueTag, _columns(TagDraft))
LINKS = Typed(EvidenceLink, _columns(LinkDraft))


class PositionSubject(ContributionSubject):
    kind = "position"
    plural = "positions"
    model = Position
    beside = (
        joinedload(Position.thread).joinedload(Thread.series),
        joinedload(Position.live),
    )
    typed = (REVISIONS, TAGS, PROPOSALS, LINKS, NOTES, STEELMEN)
    reads = May.READ_POSITION
    is_on_map = True
    waits = Waits(Revision.submitted_at, ("approve", "send_back", "decline"), is_of_version=True)
    has_public_versions = True
    words: ClassVar[KindWords] = KindWords(
        name=_l("Position"),
        logged=_l("Position"),
        waits=_l("Position"),
        waiting=_l("Positions"),
        another=_l("another position"),
        report=_l("Report a position"),
        reported=_l("The moderators have your report of a position."),
        hidden=_l("Your position is hidden for now"),
        redact=_l("Take words out of a position"),
        author=_l("The author of this position"),
        about=_l("It is about your position in “%(title)s”."),
        headlines={
            "approve": _l("Your position is published"),
            "send_back": _l("Your position was sent back, and nothing is lost"),
            "decline": _l("Your position was not published"),
            "hide": _l("Your position is hidden for now"),
            "restore": _l("Your position is shown again"),
            "remove": _l("Your position was removed"),
            "keep": _l("Your position stays as it is"),
            "ask_edit": _l("Please edit your position, which stays for now"),
            "redact": _l("Some words were taken out of your position"),
            "unredact": _l("Some words were put back into your position"),
            "move": _l("Your position is in another thread now"),
            "undo_move": _l("Your position is back in its earlier thread"),
        },
    )
    row: Position

    @classmethod
    def standing(cls) -> Standing:
        return select(
            Position.public_id,
            Position.thread_id,
            Position.attribution,
            Position.author_id,
            Position.entered_by_id,
        )

    @classmethod
    def in_thread(cls, session: Session, thread_id: int, limit: int) -> Sequence[Self]:
        rows = session.scalars(select(Position).where(Position.thread_id == thread_id).limit(limit))
        return [cls(row) for row in rows]

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s position", "%(num)s positions", count)

    @property
    def label(self) -> str:
        if self.row.number:
            return _("Position %(number)s", number=self.row.number)
        return _("A position that was not published")

    @property
    def mention(self) -> str:
        return _("position %(number)s", number=self.row.number)

    @property
    def place_url(self) -> str:
        return f"{paths.thread(self.row.thread.slug)}#m-{self.id}"

    @property
    def url(self) -> str:
        return paths.position(self.id)

    @property
    def desk_url(self) -> str:
        return paths.curate_position(self.id)

    @property
    def mend_url(self) -> str:
        return paths.revise(self.id)

    @property
    def own_ids(self) -> frozenset[int]:
        ids = (self.row.author_id, self.row.entered_by_id)
        return frozenset(id for id in ids if id is not None)

    def excerpt(self, number: int | None = None) -> Excerpt:
        shown = self._shown(number)
        return Excerpt(shown.claim, shown.language) if shown else Excerpt()

    def version_id(self, number: int | None = None) -> int | None:
        shown = self._shown(number)
        return shown.id if shown else None

    def find_version(self, session: Session, id: int) -> Version | None:
        row = session.get(Revision, id)
        return _version(row) if row is not None else None

    def carded(self, session: Session, version_id: int | None) -> tuple[Position, Revision] | None:
        shown = self.row.live if version_id is None else session.get(Revision, version_id)
        return (self.row, shown) if shown is not None else None

    def waiting(self, session: Session) -> Revision | None:
        if self.row.state not in ("draft", "published"):
            return None
        return session.scalar(
            select(Revision)
            .where(Revision.position_id == self.row.id)
            .where(Revision.status == "pending")
            .order_by(Revision.id.desc())
        )

    def written(self, version: Revision | ResponseText) -> Iterator[str]:
        if not isinstance(version, Revision):
            return
        yield from fields.written_in(PositionDraft, version)
        for tag in version.tags:
            yield from fields.written_in(TagDraft, tag)
            yield tag.proposal.label if tag.proposal else ""
        for link in version.links:
            yield from fields.written_in(LinkDraft, link)

    def change_reason(self, version: Revision | ResponseText | None) -> str:
        return version.change_reason if isinstance(version, Revision) else ""

    def changes(
        self, version: Revision | ResponseText | None, around: Around
    ) -> tuple[Change, ...]:
        if not isinstance(version, Revision) or self.row.live is None:
            return ()
        return list_changes(self.row, version, around, since=self.row.live)

    def brings(self, version: Revision | ResponseText | None) -> Sequence[int]:
        if not isinstance(version, Revision):
            return ()
        return list(dict.fromkeys(link.item_id for link in version.links))

    def versions(self) -> tuple[Version, ...]:
        return tuple(map(_version, self.row.revisions))

    def passages(self) -> tuple[Passage, ...]:
        shown = self.row.live
        if shown is None or self.row.state != "published":
            return ()
        return passages_of(
            *texts_of(REVISIONS, [shown], shown.language),
            *texts_of(TAGS, shown.tags, shown.language),
            *texts_of(LINKS, shown.links, shown.language),
        )

    def texts(self, session: Session) -> Iterator[Text]:
        for revision in self.row.revisions:
            language = revision.language
            version = version_in_words(revision.version, revision.status)
            yield from texts_of(REVISIONS, [revision], language, version)
            for tag in revision.tags:
                yield from texts_of(TAGS, [tag], language, version)
                if tag.proposal is not None:
                    yield from texts_of(PROPOSALS, [tag.proposal], language, version)
            yield from texts_of(LINKS, revision.links, language, version)
        language = self.row.thread.language
        steelmen = session.scalars(
            select(Steelman).where(Steelman.position_id == self.row.id).order_by(Steelman.id)
        )
        yield from texts_of(NOTES, self.row.notes, language)
        yield from texts_of(STEELMEN, steelmen, language)

    @property
    def public_reasons(self) -> PublicReasons:
        """Why it went to another thread; its other reasons are for its author alone."""
        return PublicReasons(self.key, ("move", "undo_move"))

    def cited(self) -> Sequence[EvidenceItem]:
        return list({link.item for revision in self.row.revisions for link in revision.links})

    def _shown(self, number: int | None) -> Revision | None:
        """The version that was read: the one numbered if it was ever shown, else the live one."""
        shown = [one for one in self.row.revisions if one.version is not None] if number else []
        asked = next((one for one in shown if one.version == number), None)
        return asked or self.row.live


def _version(row: Revision) -> Version:
    return Version(row.id, row.version, row.status, Excerpt(row.claim, row.language), "")
