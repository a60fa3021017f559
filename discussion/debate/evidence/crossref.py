"""Looking up a DOI at a server of Crossref's shape; the only host asked is the configured one."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from discussion import clock, text
from discussion.config import Settings
from discussion.debate.evidence.addresses import normalise_url
from discussion.debate.evidence.citations.composing import in_journal
from discussion.debate.evidence.drafts import ItemDraft, tidy
from discussion.debate.evidence.identifiers import normalise_doi
from discussion.debate.evidence.words import EARLIEST_YEAR, LIMITS, MAX_AUTHOR, MAX_AUTHORS
from discussion.language import _, _l
from discussion.later import later
from discussion.vocabulary import of_site

if TYPE_CHECKING:
    import httpx
else:
    httpx = later("httpx")

TIMEOUT = 5.0  # seconds, for each step and for the whole
MAX_BYTES = 1_000_000
MAX_REDIRECTS = 2


@dataclass(frozen=True)
class LookupProblem:
    """Why there is no draft, in a sentence that says what to do instead."""

    kind: str  # not_found, unreachable
    sentence: str


def look_up(settings: Settings, doi: str) -> ItemDraft | LookupProblem:
    """What the server says of a normalised DOI. Slow: call it before the session begins."""
    try:
        found = _ask(settings, doi)
        if found is not None:
            return draft_of(found, doi)
    except (httpx.HTTPError, httpx.InvalidURL, RecursionError, *_MISSHAPEN):
        return LookupProblem(
            "unreachable",
            _(
                "The register of DOIs cannot be reached just now, or its answer could not be "
                "read. Type it in instead; the DOI is kept."
            ),
        )
    return LookupProblem(
        "not_found",
        _("This DOI is not known where we looked. Check it, or type it in instead."),
    )


# What a reader of JSON meets when the answer has another shape than Crossref's.
_MISSHAPEN = (AttributeError, KeyError, TypeError, ValueError, IndexError)


def draft_of(message: Mapping[str, Any], doi: str) -> ItemDraft:
    """A work as Crossref describes it, as a draft; kind and question are guesses or left open."""
    title = _cut("title", _titled(message))
    journal = in_journal(
        _only(message.get("container-title")),
        str(message.get("volume") or ""),
        str(message.get("issue") or ""),
        str(message.get("page") or ""),
    )
    status, note = _status(message, title)
    return tidy(
        ItemDraft(
            title=title,
            authors=tuple(filter(None, map(_name, _mappings(message, "author"))))[:MAX_AUTHORS],
            year=_year(message),
            publisher=_cut("publisher", journal or _plain(message.get("publisher"))),
            url=normalise_url(_resource(message)),
            doi=doi,
            language=_language(message.get("language")),
            kind=_kind(message, title),
            status=status,
            status_note=_cut("status_note", note),
        )
    )


def _ask(settings: Settings, doi: str) -> Mapping[str, Any] | None:
    """The message about a work; None if there is none; raises when not answered well."""
    base = settings.crossref_url.rstrip("/")
    url = f"{base}/works/{quote(doi, safe='')}"
    about = f"mailto:{settings.crossref_mailto}" if settings.crossref_mailto else "no address"
    agent = {
        "User-Agent": f"discussion/1 ({settings.public_url}; {about})",
        "Accept-Encoding": "identity",  # a small answer must not unfold into a large one
    }
    until = clock.now() + timedelta(seconds=TIMEOUT)
    with httpx.Client(timeout=TIMEOUT, headers=agent, trust_env=False) as client:
        for _attempt in range(1 + MAX_REDIRECTS):
            with client.stream("GET", url) as response:
                if response.has_redirect_location:
                    url = _same_host(base, urljoin(url, response.headers["location"]))
                    continue
                if response.status_code in (404, 410):
                    return None
                response.raise_for_status()
                return _message(_body(response, until))
    raise ValueError("too many redirects")


def _same_host(base: str, url: str) -> str:
    if urlsplit(url)[:2] != urlsplit(base)[:2]:
        raise ValueError("redirected to another host")
    return url


def _body(response: "httpx.Response", until: Any) -> bytes:
    """At most MAX_BYTES, and only until the time is up: a slow drip is no answer."""
    body = b""
    for piece in response.iter_raw():
        body += piece
        if len(body) > MAX_BYTES or clock.now() > until:
            raise ValueError("too large or too slow")
    return body


def _message(body: bytes) -> Mapping[str, Any]:
    message = json.loads(body)["message"] if body else None
    if not isinstance(message, dict) or not _titled(message):
        raise ValueError("no message with a title")
    return message


# --- from Crossref's words to ours


def _titled(message: Mapping[str, Any]) -> str:
    title, subtitle = _only(message.get("title")), _only(message.get("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle else title


def _only(value: Any) -> str:
    """The first of a list of strings, as plain text."""
    return _plain(value[0] if isinstance(value, list) and value else value)


def _plain(value: Any) -> str:
    """Crossref passes on what publishers send: JATS tags, entities, line breaks."""
    if not isinstance(value, str):
        return ""
    return text.line(html.unescape(re.sub(r"<[^<>]{0,200}>", "", value[:4_000])))


def _mappings(message: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = message.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _name(author: Mapping[str, Any]) -> str:
    family, given = _plain(author.get("family")), _plain(author.get("given"))
    name = f"{family}, {given}" if family and given else family or _plain(author.get("name"))
    return name[:MAX_AUTHOR]


def _year(message: Mapping[str, Any]) -> int | None:
    for key in ("published-print", "issued", "published", "published-online", "created"):
        parts = (message.get(key) or {}).get("date-parts") or [[None]]
        if isinstance(parts[0][0], int) and EARLIEST_YEAR <= parts[0][0] <= clock.now().year + 1:
            return int(parts[0][0])
    return None


def _resource(message: Mapping[str, Any]) -> str:
    """Where the publisher keeps it; Crossref's own `URL` is the DOI once more."""
    primary = (message.get("resource") or {}).get("primary") or {}
    return _plain(primary.get("URL"))


def _language(value: Any) -> str:
    given = _plain(value)
    return given if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", given) and given != "en" else "en-GB"


def _kind(message: Mapping[str, Any], title: str) -> str:
    """A guess that the person sees and may change; "" where the register does not say."""
    folded = text.fold(title)
    kinds, type_ = of_site().evidence_kinds, str(message.get("type"))
    named = (k for k, one in kinds.items() if one.is_named_in(folded))
    registered = (k for k, one in kinds.items() if one.registered_as == type_)
    return next(chain(named, registered), "")


def _status(message: Mapping[str, Any], title: str) -> tuple[str, str]:
    """Retracted or corrected, if the register says so of this work."""
    notices = [*_mappings(message, "updated-by"), *_mappings(message, "update-to")]
    for kinds, status, sentence in _NOTICES:
        for notice in notices:
            if str(notice.get("type", "")).lower() in kinds:
                doi = normalise_doi(_plain(notice.get("DOI")))
                return status, f"{sentence}: {doi}." if doi else f"{sentence}."
    if title.upper().startswith(("RETRACTED:", "RETRACTED ARTICLE", "WITHDRAWN:")):
        return "retracted", _("The publisher’s title says that it was retracted.")
    return "current", ""


_NOTICES = (
    (
        frozenset({"retraction", "withdrawal", "removal", "partial_retraction"}),
        "retracted",
        _l("The register of DOIs has a notice of retraction"),
    ),
    (
        frozenset({"correction", "corrigendum", "erratum", "addendum"}),
        "corrected",
        _l("The register of DOIs has a notice of correction"),
    ),
)


def _cut(field: str, value: str) -> str:
    return value[: LIMITS[field]].rstrip()
