"""A calendar as iCalendar (RFC 5545), which calendars everywhere can follow."""

from urllib.parse import urlsplit

from discussion.reach.feeds.queries.shapes import Calendar
from discussion.web.site import site

TYPE = "text/calendar"


def as_ics(calendar: Calendar) -> bytes:
    """The file: whole days as days, rounds from minute to minute in UTC."""
    from icalendar import Calendar as Written  # takes long to read, and is asked for seldom
    from icalendar import Event

    base = site().settings.public_url
    host = urlsplit(base).hostname
    written = Written()
    written.add("prodid", f"-//{host}//Discussion//EN")
    written.add("version", "2.0")
    written.add("x-wr-calname", calendar.title)
    for one in calendar.occasions:
        event = Event()
        event.add("uid", f"{one.key.replace('/', '-')}@{host}")
        event.add("dtstamp", calendar.made_at)
        event.add("summary", one.title)
        event.add("url", base + one.url)
        event.add("dtstart", one.begins)
        if one.ends is not None:
            event.add("dtend", one.ends)
        event.add("transp", "TRANSPARENT")
        written.add_component(event)
    return bytes(written.to_ical())
