"""The webhooks of a series, with what became of what they were told."""

from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.reach.webhooks.models import Telling, Webhook
from discussion.reach.webhooks.queries.happened import is_told_of
from discussion.reach.webhooks.queries.shapes import EditPage, Hook, HooksPage, Told
from discussion.reach.webhooks.words import (
    FORMS,
    KINDS,
    LOG_SHOWN,
    MOST,
    PROBLEMS,
    SENT,
    STATES,
    STOPPED,
    TEST,
)
from discussion.series.series.models import Series
from discussion.series.series.queries.convening import convened, find_convened

TAIL = 4  # letters of an address that are shown


def hooks_page(
    session: Session, viewer: Viewer | None, slug: str, *, is_sending: bool
) -> HooksPage | None:
    """For conveners and the administrator; raises Forbidden for others who read the series."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    hooks = session.scalars(
        select(Webhook).where(Webhook.series_id == series.id).order_by(Webhook.id)
    ).all()
    return HooksPage(
        series=convened(series),
        url=paths.webhooks(slug),
        hooks=tuple(_hook(slug, row) for row in hooks),
        log=_log(session, series),
        is_sending=is_sending,
        is_public=is_told_of(series),
        is_full=len(hooks) >= MOST,
    )


def find_webhook(
    session: Session, viewer: Viewer | None, slug: str, public_id: str
) -> Webhook | None:
    """One of a series that the viewer may change."""
    series = find_convened(session, viewer, slug)
    if series is None:
        return None
    return session.scalar(
        select(Webhook).where(Webhook.series_id == series.id).where(Webhook.public_id == public_id)
    )


def _hook(slug: str, row: Webhook) -> Hook:
    here = f"{paths.webhooks(slug)}/{row.public_id}"
    return Hook(
        id=row.public_id,
        name=row.name,
        address=_address(row),
        kinds=tuple(str(KINDS[kind]) for kind in row.kinds if kind in KINDS),
        form=str(FORMS[row.form]),
        is_on=row.is_on,
        stopped=str(STOPPED[row.stopped_why]),
        made_on=clock.day(row.made_at),
        act_url=here,
        edit_url=f"{here}/edit",
        secret_url=f"{here}/secret",
    )


def edit_page(row: Webhook) -> EditPage:
    here = paths.webhooks(row.series.slug)
    url = f"{here}/{row.public_id}/edit"
    return EditPage(convened(row.series), row.name, _address(row), url, here)


def _address(row: Webhook) -> str:
    """No more of it than tells it from others."""
    return f"{urlsplit(row.url).hostname}/…{row.url[-TAIL:]}"


def _log(session: Session, series: Series) -> tuple[Told, ...]:
    rows = session.scalars(
        select(Telling)
        .join(Telling.webhook)
        .where(Webhook.series_id == series.id)
        .order_by(Telling.id.desc())
        .limit(LOG_SHOWN)
        .options(contains_eager(Telling.webhook))
    )
    return tuple(
        Told(
            name=row.webhook.name,
            kind=str(KINDS[row.kind]) if row.kind != TEST else _("A test"),
            at=row.ended_at or row.promised_at,
            state=str(STATES[row.state]),
            status=row.status,
            problem=str(PROBLEMS[row.problem]),
            attempts=row.attempts,
            is_well=row.state == SENT,
        )
        for row in rows
    )
