"""A proposed value as a piece of writing."""

from typing import ClassVar

from sqlalchemy import literal, null, select
from sqlalchemy.orm import joinedload

from discussion import paths
from discussion.language import _l, _n
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.series.values.models import ValueProposal
from discussion.subjects.kinds import Standing, Subject
from discussion.subjects.shapes import Excerpt, KindWords, Waits
from discussion.subjects.texts import PLAIN, Typed

PROPOSALS = Typed(ValueProposal, {"label": PLAIN})


class ValueSubject(Subject):
    kind = "value"
    plural = "values"
    model = ValueProposal
    beside = (joinedload(ValueProposal.series),)
    reads = May.READ_SERIES
    waits = Waits(ValueProposal.created_at, ("approve", "decline"))
    words: ClassVar[KindWords] = KindWords(
        name=_l("Value"),
        logged=_l("Value"),
        waits=_l("Proposed value"),
        waiting=_l("Proposed values"),
        headlines={
            "approve": _l("The value you proposed is accepted"),
            "decline": _l("The value you proposed is not added to the list"),
            "restore": _l("The value you proposed waits again for an answer"),
        },
    )
    row: ValueProposal

    @classmethod
    def standing(cls) -> Standing:
        return select(
            ValueProposal.public_id, null(), literal(""), ValueProposal.proposed_by_id, null()
        )

    @classmethod
    def count_waiting(cls, count: int) -> str:
        return _n("%(num)s proposed value", "%(num)s proposed values", count)

    @property
    def title(self) -> str:
        return f"“{self.row.label}”"

    @property
    def url(self) -> str:
        return paths.values(self.row.series.slug)

    @property
    def desk_url(self) -> str:
        return paths.curate_value(self.id)

    @property
    def author_id(self) -> int | None:
        return self.row.proposed_by_id

    def is_readable(self, viewer: Viewer | None) -> bool:
        """It is one of the series' value set, or waits to be."""
        return allowed(viewer, self.reads, self.row.series)

    def shows_words(self, viewer: Viewer | None) -> bool:
        return self.is_readable(viewer)

    def excerpt(self, number: int | None = None) -> Excerpt:
        return Excerpt(self.row.label)
