"""What rooms above the series do when its groups change, or when it ends: see `register_rooms`."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from discussion.registers import Register
from discussion.series.series.models import Scale, Series


class KeepLabels(Protocol):
    """Makes labels coarser where they no longer hide their authors."""

    def __call__(self, session: Session, series: Series) -> object: ...


class EndWithSeries(Protocol):
    """Ends what cannot go on in a series that is over; `by_id` is who ended it, None: its day."""

    def __call__(
        self, session: Session, series: Series, by_id: int | None, now: datetime
    ) -> object: ...


class TakeScale(Protocol):
    """Lets what still changes use the scale that took the place of another."""

    def __call__(self, session: Session, scale: Scale, new: Scale) -> object: ...


ON_GROUPS_CHANGED: Register[KeepLabels] = Register()
ON_OVER: Register[EndWithSeries] = Register()
ON_SCALE_REPLACED: Register[TakeScale] = Register()


def keep_labels(session: Session, series: Series) -> None:
    """Let all who show labels look again, after members or the smallest group changed.

    A cell that shrank may be too small; one that grew may leave too few beside it.
    """
    session.flush()
    for keep in ON_GROUPS_CHANGED:
        keep(session, series)


def swap_scale(session: Session, scale: Scale, new: Scale) -> None:
    """Let rooms above use `new` where they used `scale`."""
    for take in ON_SCALE_REPLACED:
        take(session, scale, new)
