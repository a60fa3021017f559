"""A version of an instrument as a draft holds it."""

from discussion.weighing.practice.drafts import FunctionDraft, InstrumentDraft
from discussion.weighing.practice.models import Instrument


def draft_of(row: Instrument) -> InstrumentDraft:
    """What stands in a version."""
    return InstrumentDraft(
        functions=[
            FunctionDraft(one.slug, one.name, one.covers, one.asks_compulsion)
            for one in row.functions
        ],
        professed=row.professed,
        practised=row.practised,
        stops=list(row.stops),
        compulsion=row.compulsion,
        compulsion_stops=list(row.compulsion_stops),
        visions=[one.text for one in row.visions],
        asks_values=row.asks_values,
        asks_reason=row.asks_reason,
        shuffles=row.shuffles,
    )
