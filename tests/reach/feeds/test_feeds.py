"""What a feed tells, read as feed readers read it: of what, to whom, and how much of when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position
from discussion.debate.threads.models import StageMove, Thread
from discussion.reach.feeds.queries.contributions import list_positions
from discussion.reach.feeds.words import ENTRIES
from discussion.series.series.models import Series
from tests.conftest import sign_in
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_series,
    make_thread,
)

WRITTEN = datetime(2026, 11, 17, 15, 42, 31, tzinfo=UTC)
NOT_READ = {"claim": "Nobody reads this."}
ASKED = datetime(2026, 11, 28, 12, tzinfo=UTC)
TOLD = {  # how it is named → what its entry says of when, by the site's clocks
    "named": "2026-11-17T15:42:00+00:00",
    "role": "2026-11-17T00:00:00+00:00",
    "chatham_house": "2026-11-01T00:00:00+00:00",
}


@pytest.fixture
def series(session: Session) -> Series:
    return make_series(session, attribution="named")


def write(session: Session, thread: Thread, at: datetime = WRITTEN, **changes: Any) -> Position:
    revision = {"live_at": at, "submitted_at": at} | changes.pop("revision", {})
    return make_position(session, thread, first_published_at=at, revision=revision, **changes)


def follow(client: FlaskClient, path: str, at: datetime = ASKED) -> Any:
    with time_machine.travel(at, tick=False):
        answered = client.get(path)
    assert answered.status_code == 200, answered.status_code
    assert answered.mimetype == "application/atom+xml"
    read = feedparser.parse(answered.data)
    assert not read.bozo, read.get("bozo_exception")
    return read


def titles(read: Any) -> set[str]:
    return {entry.title for entry in read.entries}


def every_feed(series: Series, thread: Thread, item_id: str) -> list[str]:
    slug = series.slug
    return [
        paths.site_feed(),
        paths.series_feed(slug),
        paths.theme_feed(slug, series.themes[0].slug),
        paths.thread_feed(thread.slug),
        paths.value_feed(slug, "equality"),
        paths.item_feed(slug, item_id),
    ]


@pytest.mark.parametrize("named", TOLD)
def test_an_entry_says_no_more_of_when_than_its_card(
    session: Session, client: FlaskClient, series: Series, named: str
) -> None:
    thread = make_thread(session, series, attribution=named)
    item = make_item(session, series)
    position = write(session, thread, item=item, revision={"claim": "Pay for slack in time."})
    make_response(session, position)
    session.flush()
    met = 0
    for path in every_feed(series, thread, item.public_id):
        entry = next(
            one for one in follow(client, path).entries if one.title == "Pay for slack in time."
        )
        assert entry.updated == entry.published == TOLD[named], path
        assert ("15:42" in str(entry)) is (named == "named"), path
        assert entry.id.endswith(f":position/{position.public_id}")
        assert (entry.author == position.author.display_name) is (named == "named")
        met += 1
    assert met == 6


def test_what_is_under_the_chatham_house_rule_comes_a_day_later(
    session: Session, client: FlaskClient, series: Series
) -> None:
    thread = make_thread(session, series, attribution="chatham_house")
    position = write(session, thread)
    path = paths.thread_feed(thread.slug)
    midnight = clock.morning(clock.day(WRITTEN) + timedelta(days=1))
    for at, is_there in (
        (WRITTEN, False),
        (midnight - timedelta(seconds=1), False),
        (midnight, True),
    ):
        there = {entry.id.rpartition("/")[2] for entry in follow(client, path, at).entries}
        assert (position.public_id in there) is is_there, at
        map_of_site = client_at(client, at, paths.site_map(1))
        assert (paths.position(position.public_id) in map_of_site) is is_there, at


def client_at(client: FlaskClient, at: datetime, path: str) -> str:
    with time_machine.travel(at, tick=False):
        return client.get(path).text


@pytest.mark.parametrize("named", ["role", "chatham_house"])
def test_which_stand_in_a_feed_does_not_tell_which_came_first(
    session: Session, series: Series, named: str
) -> None:
    """Of more than it holds, written on one day: the same stand in it in whichever order."""
    thread = make_thread(session, series, attribution=named)
    made = [write(session, thread) for _each in range(ENTRIES + 10)]
    session.flush()
    where = (Thread.id == thread.id,)
    found = []
    for order in (made, made[::-1]):
        for minute, one in enumerate(order):
            assert one.live is not None
            one.live.live_at = WRITTEN + timedelta(minutes=minute)
        session.flush()
        found.append([entry.key for entry in list_positions(session, where, ASKED)])
    assert len(found[0]) == ENTRIES
    assert found[0] == found[1]


def test_the_newest_by_name_come_first_and_the_rest_is_cut(
    session: Session, client: FlaskClient, series: Series
) -> None:
    thread = make_thread(session, series, attribution="named")
    for hour in range(ENTRIES + 5):
        write(session, thread, WRITTEN + timedelta(hours=hour), revision={"claim": f"No {hour}"})
    session.flush()
    read = follow(client, paths.thread_feed(thread.slug))
    assert [one.title for one in read.entries] == [f"No {hour}" for hour in range(54, 4, -1)]
    assert read.feed.updated == read.entries[0].updated


def test_what_is_not_to_be_read_is_in_no_feed(
    session: Session, client: FlaskClient, series: Series
) -> None:
    thread, item = make_thread(session, series), make_item(session, series)
    shown = write(session, thread, item=item, revision={"claim": "This is read."})
    make_response(session, shown)
    for state in ("withdrawn", "hidden", "removed", "draft"):
        gone = write(session, thread, item=item, state=state, revision=NOT_READ)
        make_response(session, gone)
    proposed = make_thread(session, series, stage="proposed", question="Nobody reads this?")
    concealed = make_thread(session, series, is_hidden=True, question="Nobody reads this?")
    for where in (proposed, concealed):
        write(session, where, item=item, revision=NOT_READ)
        session.add(StageMove(thread_id=where.id, cycle=1, before="proposed", after="open", at=NOW))
    session.flush()
    for path in every_feed(series, thread, item.public_id):
        read = follow(client, path)
        assert "This is read." in titles(read)
        assert "Nobody reads this" not in str(read)
        assert client.get(path).text == client.get(path).text
    for where in (proposed, concealed):
        assert client.get(paths.thread_feed(where.slug)).status_code == 404


@pytest.mark.parametrize("visibility", ["members", "unlisted"])
def test_who_finds_the_feeds_of_a_series_that_is_not_listed(
    session: Session, client: FlaskClient, visibility: str
) -> None:
    """For members alone: nobody, for a feed has no reader. Unlisted: whoever has its address."""
    series = make_series(session, visibility=visibility)
    thread, item = make_thread(session, series), make_item(session, series)
    write(session, thread, item=item, revision={"claim": "Among ourselves."})
    member = make_member(session, series)
    session.flush()
    of_its_own = every_feed(series, thread, item.public_id)[1:]
    of_its_own += [paths.log_feed(series.slug), paths.calendar(series.slug)]
    expected = 404 if visibility == "members" else 200
    for asking in (client, sign_in(client.application.test_client(), member)):
        assert "Among ourselves." not in titles(follow(asking, paths.site_feed()))
        for path in (paths.site_map(1), paths.feeds()):
            assert series.slug not in asking.get(path).text
        assert {asking.get(path).status_code for path in of_its_own} == {expected}
    page = sign_in(client.application.test_client(), member).get(paths.feeds_of(series.slug))
    assert ("/atom" in page.text) is (visibility == "unlisted")


def test_a_feed_that_is_asked_for_again_is_not_sent_again(
    session: Session, client: FlaskClient, series: Series
) -> None:
    thread = make_thread(session, series)
    write(session, thread)
    session.flush()
    path = paths.thread_feed(thread.slug)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    write(session, thread)
    session.flush()
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Last-Modified" not in changed.headers  # it would tell a moment


def test_words_of_any_kind_stand_in_a_feed_that_readers_read(
    session: Session, client: FlaskClient, series: Series
) -> None:
    awkward = "كل تلميذ ]]> <b>&amp; \x0b\ud83d\ude00".encode("utf-16", "surrogatepass").decode(
        "utf-16"
    )
    author = make_member(session, series, make_person(session, display_name="ليلى <حداد>"))
    thread = make_thread(session, series, attribution="named", question="Should <all> & “some”?")
    position = write(session, thread, author=author, revision={"claim": awkward, "language": "ar"})
    session.flush()
    read = follow(client, paths.thread_feed(thread.slug))
    assert read.feed.title_detail.type == "text/plain"
    assert "Should &lt;all&gt;" in client.get(paths.thread_feed(thread.slug)).text
    entry = read.entries[0]
    assert entry.title_detail.language == "ar"
    assert position.author.display_name == entry.author
    assert "\x0b" not in client.get(paths.thread_feed(thread.slug)).text


def test_pages_lead_programs_to_their_feeds(
    session: Session, client: FlaskClient, series: Series
) -> None:
    make_series(session)  # another, or the front door leads to the only one
    thread, item = make_thread(session, series), make_item(session, series)
    session.flush()
    slug, theme = series.slug, series.themes[0].slug
    leads = {
        "/": paths.site_feed(),
        paths.series(slug): paths.series_feed(slug),
        paths.theme(slug, theme): paths.theme_feed(slug, theme),
        paths.thread(thread.slug): paths.thread_feed(thread.slug),
        paths.value(slug, "equality"): paths.value_feed(slug, "equality"),
        paths.item(slug, item.public_id): paths.item_feed(slug, item.public_id),
        paths.log(slug): paths.log_feed(slug),
    }
    for page, feed in leads.items():
        answered = client.get(page)
        assert f'type="application/atom+xml" href="{feed}"' in answered.text, page
        assert follow(client, feed).feed.links[0].href.endswith(page)
    listed = client.get(paths.feeds_of(slug)).text
    shown = (feed for feed in leads.values() if feed.startswith(paths.feeds_of(slug)))
    assert [feed for feed in shown if f'"{feed}"' in listed] == [
        paths.series_feed(slug), paths.theme_feed(slug, theme), paths.log_feed(slug),
    ]  # fmt: skip
    assert len(leads) == 7
