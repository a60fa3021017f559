"""A response as a piece of writing."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from sqlalchemy import null, select
from sqlalchemy.orm import Session, aliased, joinedload

from discussion import paths, text
from discussion.debate.evidence.models import EvidenceItem
from discussion.debate.positions.models import Position, Response, ResponseText, Revision
from discussion.debate.positions.queries.answers import rung_in_words
from discussion.debate.positions.queries.cards import Around
from discussion.debate.positions.queries.shapes import Change
from discussion.debate.positions.subject_contribution import ContributionSubject
from discussion.debate.positions.words import version_in_words
from discussion.debate.threads.models import Thread
from discussion.language import _, _l, _n
from discussion.permissions.may import May
from discussion.subjects.kinds import Standing
from discussion.subjects.shapes import (
    Beside,
    Excerpt,
    KindWords,
    Passage,
    Version,
    Waits,
)
from discussion.subjects.texts import MARKDOWN, PLAIN, Text, Typed, passages_of, texts_of

EXCERPT = 280
RESPONSE_TEXTS = Typed(
    ResponseText,
    {"source": MARKDOWN, "wants": PLAIN},
    names={"wants": "said"},
    html={"source": "html"},
    prefix=lambda row: f"r{row.response.public_id}-",
)
_Answered = aliased(Position)


class ResponseSubject(ContributionSubject):
    kind = "response"
    plural = "responses"
    model = Response
    beside = (
        joinedload(Response.position).joinedload(Position.thread).joinedload(Thread.series),
        joinedload(Response.live),
    )
    typed = (RESPONSE_TEXTS,)
    reads = May.READ_RESPONSE
    waits = Waits(
        ResponseText.submitted_at, ("approve", "send_back", "decline"), is_of_version=True
    )
    words: ClassVar[KindWords] = KindWords(
        name=_l("Response"),
        logged=_l("Response"),
        waits=_l("Response"),
        waiting=_l("Responses"),
        another=_l("another response"),
        report=_l("Report a response"),
        reported=_l("The moderators have your report of a response."),
        hidden=_l("Your response is hidden for now"),
        redact=_l("Take words out of a response"),
        author=_l("The author of this response"),
        about=_l("It is about your response in “%(title)s”."),
        headlines={
            "approve": _l("Your response is published"),
            "send_back": _l("Your response was sent back, and nothing is lost"),
            "decline": _l("Your response was not published"),
            "hide": _l("Your response is hidden for now"),
            "restore": _l("Your response is shown again"),
            "remove": _l("Your response was removed"),
            "keep": _l("Your response stays as it is"),
            "ask_edit": _l("Please edit your response, which stays for now"),
            "redact": _l("Some words were taken out of your response"),
            "unredact": _l("Some words were put back into your response"),
        },
    )
    row: Response

    @classmethod
    def standing(cls) -> Standing:
        return select(
            Response.public_id,
            _Answered.thread_id,
            Response.attribution,
            Response.author_id,
            null(),
        ).join(_Answered, _Answered.id == Response.position_id)

    @classmethod
    def in_thread(cls, session: Session, thread_id: int, limit: int) -> Sequence[Self]:
        rows = session.scalars(
            select(Response)
            .join(Response.position)
            .where(Position.thread_id == thread_id)
            .limit(limit)
        )
        return [cls(row) for row in rows]

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s response", "%(num)s responses", count)

    @property
    def label(self) -> str:
        return _("A response to position %(number)s", number=self.row.position.number or "–")

    @property
    def mention(self) -> str:
        return _("a response to position %(number)s", number=self.row.position.number)

    @property
    def url(self) -> str:
        return paths.response(self.row.position.public_id, self.id)

    @property
    def desk_url(self) -> str:
        return paths.curate_response(self.id)

    @property
    def mend_url(self) -> str:
        return paths.revise_response(self.row.position.public_id, self.id)

    def excerpt(self, number: int | None = None) -> Excerpt:
        return _excerpt(self.row.live) if self.row.live else Excerpt()

    def version_id(self, number: int | None = None) -> int | None:
        return self.row.live_text_id

    def find_version(self, session: Session, id: int) -> Version | None:
        row = session.get(ResponseText, id)
        return _version(row) if row is not None else None

    def beside_words(self) -> Beside:
        row = self.row
        return Beside(
            response_type=row.type, item=row.item, value=row.value, follows=rung_in_words(row)
        )

    def carded(self, session: Session, version_id: int | None) -> tuple[Position, Revision] | None:
        answered = self.row.position
        return (answered, answered.live) if answered.live is not None else None

    def html(self, session: Session, version_id: int | None = None) -> str:
        said = session.get(ResponseText, version_id) if version_id else self.row.live
        return said.html if said is not None else ""

    def waiting(self, session: Session) -> ResponseText | None:
        if self.row.state not in ("draft", "published"):
            return None
        return session.scalar(
            select(ResponseText)
            .where(ResponseText.response_id == self.row.id)
            .where(ResponseText.status == "pending")
            .order_by(ResponseText.id.desc())
        )

    def written(self, version: Revision | ResponseText) -> Iterator[str]:
        if isinstance(version, ResponseText):
            yield version.source

    def changes(
        self, version: Revision | ResponseText | None, around: Around
    ) -> tuple[Change, ...]:
        if not isinstance(version, ResponseText) or self.row.live is None:
            return ()
        return (Change("", text.marked_diff(self.row.live.source, version.source)),)

    def brings(self, version: Revision | ResponseText | None) -> Sequence[int]:
        return [self.row.item_id] if self.row.item_id else ()

    def versions(self) -> tuple[Version, ...]:
        return tuple(map(_version, _in_order(self.row)))

    def passages(self) -> tuple[Passage, ...]:
        shown = self.row.live
        if shown is None or self.row.state != "published":
            return ()
        said = texts_of(RESPONSE_TEXTS, [shown], shown.language)
        return passages_of(*(one for one in said if one.column == "source"))

    def texts(self, session: Session) -> Iterator[Text]:
        for row in _in_order(self.row):
            version = version_in_words(row.version, row.status)
            yield from texts_of(RESPONSE_TEXTS, [row], row.language, version)

    def cited(self) -> Sequence[EvidenceItem]:
        return [self.row.item] if self.row.item is not None else []


def _in_order(row: Response) -> list[ResponseText]:
    return sorted(row.texts, key=lambda version: version.id)


def _version(row: ResponseText) -> Version:
    return Version(row.id, row.version, row.status, _excerpt(row), row.html)


def _excerpt(row: ResponseText) -> Excerpt:
    return Excerpt(text.excerpt(text.plain(row.source), EXCERPT), row.language)
