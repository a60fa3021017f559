"""A feed as Atom (RFC 4287): stable ids, and moments that say no more than the page."""

import re
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed
from flask import render_template

from discussion import clock
from discussion.reach.feeds.queries.shapes import Entry, Feed
from discussion.web.site import site

TYPE = "application/atom+xml"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MINTED = "2026"  # the year of RFC 4151: since when ids of this form are made


class _Spoken(Atom1Feed):  # type: ignore[misc]
    """With the language of each entry, and relative addresses that are those of the site."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xml:base": self.feed["base"]}

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def as_atom(feed: Feed, own_path: str) -> str:
    """The document; `own_path` is where it stands."""
    base, name = site().settings.public_url, site().settings.site_name
    written = _Spoken(
        title=_xml(feed.title),
        link=base + feed.url,
        description=_xml(feed.says),
        language=feed.language,
        author_name=_xml(name),
        feed_url=base + own_path,
        feed_guid=_id(base, feed.key),
        base=base,
        updated=clock.here(feed.updated),
    )
    for entry in feed.entries:
        byline = entry.byline
        written.add_item(
            title=_xml(entry.title),
            link=base + entry.url,
            description=None,
            unique_id=_id(base, entry.key),
            pubdate=clock.here(entry.published),
            updateddate=clock.here(entry.updated),
            author_name=_xml(byline.name) if byline else None,
            author_link=base + byline.person_url if byline and byline.person_url else None,
            content=_xml(_content(entry)),
            language=entry.language,
        )
    out = StringIO()
    written.write(out, "utf-8")
    return out.getvalue()


def _content(entry: Entry) -> str:
    return render_template("feeds/_entry.html", page=entry)


def _id(base: str, key: str) -> str:
    return f"tag:{urlsplit(base).hostname},{_MINTED}:{key}"


def _xml(words: str) -> str:
    """Without the characters that no XML document may hold."""
    return _NOT_XML.sub("\ufffd", str(words))
