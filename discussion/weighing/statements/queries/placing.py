"""The places that a statement can take: the five steps of each of its thread's scales."""

from dataclasses import dataclass

from discussion.debate.positions.queries.cards import step_in_words
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.series.series.models import Scale
from discussion.weighing.statements.models import Statement

NOWHERE = ""
LAST = 4  # steps are 0 … 4 in a key, 0 … 1 on the scale


@dataclass(frozen=True)
class ScalePlace:
    """One step of one scale."""

    key: str  # "requirement:1"
    scale: str  # slug
    at: float
    words: str  # "Mostly required (from “Required” to “Freely chosen”)"


def list_places(thread: Thread) -> tuple[ScalePlace, ...]:
    """Scale by scale, from one end to the other."""
    return tuple(
        ScalePlace(
            key=f"{scale.slug}:{step}",
            scale=scale.slug,
            at=step / LAST,
            words=_(
                "%(step)s (from “%(low)s” to “%(high)s”)",
                step=_step(scale, step),
                low=scale.low,
                high=scale.high,
            ),
        )
        for scale in thread.scales
        for step in range(LAST + 1)
    )


def _step(scale: Scale, step: int) -> str:
    """In the scale's own words; where it has none, the end that it is nearer to."""
    nearer = scale.low if step < LAST / 2 else scale.high
    return step_in_words(scale, at=step / LAST) or _("Nearer “%(end)s”", end=nearer)


def places_for(statement: Statement) -> dict[str, str]:
    """Words by key."""
    return {each.key: each.words for each in list_places(statement.thread)}


def along_of(statement: Statement) -> str:
    """Where it lies, as a key; NOWHERE on none of the scales that its thread has now."""
    scales = [scale.slug for scale in statement.thread.scales if scale.slug in statement.placements]
    return f"{scales[0]}:{round(statement.placements[scales[0]] * LAST)}" if scales else NOWHERE


def place_of(statement: Statement) -> str:
    """In words; empty for none."""
    return next(
        (each.words for each in list_places(statement.thread) if each.key == along_of(statement)),
        "",
    )
