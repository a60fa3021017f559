"""What a merge of two values would make of the positions that name them, before it is done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion import paths
from discussion.permissions.facts import Viewer
from discussion.series.series.queries.convening import convened, find_convened
from discussion.series.series.queries.kept import Convened
from discussion.series.values.queries_higher import COUNT_RESPONSES, LIST_BECOMING
from discussion.series.values.shapes import Becomes


@dataclass(frozen=True)
class MergePage:
    series: Convened
    slug: str
    label: str
    action_url: str
    back_url: str
    choices: tuple[tuple[str, str], ...]  # slug and label of what it can be merged into
    into: str  # slug; empty while none is chosen
    into_label: str
    becomes: tuple[Becomes, ...]
    response_count: int


def merge_page(
    session: Session, viewer: Viewer | None, slug: str, value_slug: str, into_slug: str
) -> MergePage | None:
    """The merge as it would be now; None for a value that the series never had."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    values = {value.id: value for value in series.values}
    value = next((one for one in values.values() if one.slug == value_slug), None)
    if value is None:
        return None
    live = [one for one in values.values() if one.retired_at is None and one is not value]
    into = next((one for one in live if one.slug == into_slug), None)
    settings = paths.values_settings(slug)
    return MergePage(
        series=convened(series),
        slug=value.slug,
        label=value.label,
        action_url=f"{settings}/{value.slug}/merge",
        back_url=settings,
        choices=tuple((one.slug, one.label) for one in live),
        into=into.slug if into else "",
        into_label=into.label if into else "",
        becomes=LIST_BECOMING()(session, viewer, series, value, into) if into else (),
        response_count=COUNT_RESPONSES()(session, value) if into else 0,
    )
