"""Carrying a message to an address of the internet, signed as Standard Webhooks has it.

The name is looked up now, each address that it has must be public, the connection goes to the very
address that was checked, and no redirect is followed: `debate/evidence/checking.py` does that.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from discussion.debate.evidence.checking import Asker, problem_of
from discussion.reach.webhooks.operations import NotTakenError, RefusedError
from discussion.reach.webhooks.signing import Parcel, sign

GONE = 410
COMES_AGAIN = frozenset({408, 425, 429})  # and whatever is a server's own trouble


def carry(asker: Asker, parcel: Parcel, now: datetime) -> int:
    """The status that it was taken with. Slow: call it outside transactions.

    Raises NotTakenError, or RefusedError where trying again cannot help.
    """
    with ThreadPoolExecutor(1, "webhook") as thread:
        status = thread.submit(_run, asker, parcel, now).result()
    if 200 <= status < 300:
        return status
    if 300 <= status < 400:
        raise RefusedError("redirect", status)
    if status == GONE:
        raise RefusedError("gone", status)
    if status >= 500 or status in COMES_AGAIN:
        raise NotTakenError("answer", status)
    raise RefusedError("answer", status)


def _run(asker: Asker, parcel: Parcel, now: datetime) -> int:
    try:
        return asyncio.run(_post(asker, parcel, now))
    except Exception as error:
        raise NotTakenError(problem_of(error)) from None


async def _post(asker: Asker, parcel: Parcel, now: datetime) -> int:
    """The status alone: nothing that the program there answers is read."""
    headers = {"Content-Type": "application/json", **sign(parcel, now)}
    async with asyncio.timeout(asker.total_seconds), asker.client() as client:
        sent = client.stream("POST", parcel.url, content=parcel.body, headers=headers)
        async with sent as response:
            return response.status_code
