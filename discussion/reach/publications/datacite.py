"""Telling a register of DataCite's shape of a DOI: the only host asked is the configured one."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

from discussion.config import Settings
from discussion.debate.evidence.checking import Asker
from discussion.later import later
from discussion.reach.publications.queries.registered import Entry

if TYPE_CHECKING:
    import httpx
else:
    httpx = later("httpx")

TYPE = "application/vnd.api+json"
NOT_FOUND = 404


class NotRegistered(Exception):
    """The register did not take it; says its answer and nothing of what was sent."""


def register(settings: Settings, asker: Asker, entry: Entry) -> None:
    """Put the entry as it should stand, however often; raises NotRegistered. Slow, and outside.

    The same is sent again after a failure: a DOI that is there is changed, another is made. Its
    address is looked up and must be public, and no redirect is followed.
    """
    with ThreadPoolExecutor(1, "register") as thread:
        thread.submit(asyncio.run, _put(settings, asker, entry)).result()


async def _put(settings: Settings, asker: Asker, entry: Entry) -> None:
    base = settings.datacite_url.rstrip("/")
    body = json.dumps({"data": {"type": "dois", "attributes": entry.attributes}})
    try:
        async with asyncio.timeout(asker.total_seconds), asker.client() as client:
            put = f"{base}/dois/{quote(entry.doi, safe='/')}"
            status = await _sent(client, settings, "PUT", put, body)
            if status == NOT_FOUND:
                status = await _sent(client, settings, "POST", f"{base}/dois", body)
    except Exception as error:
        raise NotRegistered(type(error).__name__) from error
    if not 200 <= status < 300:
        raise NotRegistered(f"the register answered {status}")


async def _sent(
    client: "httpx.AsyncClient", settings: Settings, method: str, url: str, body: str
) -> int:
    """The status alone: nothing that a server answers is read."""
    async with client.stream(
        method,
        url,
        content=body,
        headers={"Content-Type": TYPE, "Accept": TYPE},
        auth=(settings.datacite_user, settings.datacite_password),
    ) as response:
        return response.status_code
