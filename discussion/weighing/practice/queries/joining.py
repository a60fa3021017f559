"""What stands above the form by which somebody asks for their link."""

from dataclasses import dataclass
from datetime import datetime

from discussion import paths
from discussion.weighing.practice.models import Run, Unit


@dataclass(frozen=True)
class CodePage:
    """Where a code from a board is typed."""

    url: str


@dataclass(frozen=True)
class JoinPage:
    """The organisation is named: whoever has its code is of it, or was told of it there."""

    series_slug: str
    series_title: str
    organisation: str
    unit: str  # empty: it is asked for
    domains: tuple[str, ...]
    closes_at: datetime | None
    url: str


def join_page(run: Run, unit: Unit | None) -> JoinPage:
    return JoinPage(
        series_slug=run.series.slug,
        series_title=run.series.title,
        organisation=run.organisation.name,
        unit=unit.name if unit else "",
        domains=tuple(run.organisation.domains),
        closes_at=run.closes_at,
        url=paths.join_run(unit.code if unit else run.code),
    )
