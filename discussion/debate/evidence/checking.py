"""Asking whether a link still leads somewhere, without being led to what is not public.

Any address may have been typed by anybody, so a name is looked up by us, every address that it has
must be public, and the connection goes to the very address that was checked: a second look-up, in
which the name might mean something else, never takes place. Each redirect is asked in the same way.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from discussion.config import Settings
from discussion.debate.evidence.addresses import normalise_url, url_key
from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.networks import is_public

MAX_REDIRECTS = 5
MOST_TRIED = 3  # addresses of one name
PORTS = {"http": 80, "https": 443}
PERMANENT = (301, 308)
GONE = (404, 410)
# Some servers answer HEAD badly, so that what they say against a link is asked again with GET.
NOT_FOR_HEAD = frozenset({*range(400, 429), *range(430, 500), 501})
NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))

LookUp = Callable[[str, int], Sequence[str]]


def look_up(host: str, port: int) -> Sequence[str]:
    """Every address of a name, in the order in which this machine would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


@dataclass(frozen=True)
class Asker:
    """How links are asked; what tests replace is what they cannot have: the public internet."""

    agent: str
    look_up: LookUp = look_up
    is_allowed: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    certificates: ssl.SSLContext | None = None
    connect_seconds: float = 5.0
    total_seconds: float = 15.0

    @classmethod
    def of(cls, settings: Settings, does: str = "checks links of its library") -> "Asker":
        """`does` says to whoever is asked what for."""
        return cls(f"discussion/1 ({settings.public_url}; {does})")

    def ask(self, url: str) -> Finding:
        """Whether a link leads somewhere. Slow, and never raises: call it outside transactions.

        Asked in a thread of its own, since whoever calls may have an event loop running.
        """
        with ThreadPoolExecutor(1, "ask") as thread:
            return thread.submit(self._ask, url).result()

    def _ask(self, url: str) -> Finding:
        try:
            return asyncio.run(self._within_time(url))
        except Exception as error:
            return Finding("unreachable", problem=problem_of(error))

    async def _within_time(self, url: str) -> Finding:
        async with asyncio.timeout(self.total_seconds), self.client() as client:
            return await _follow(client, url)

    def client(self) -> httpx.AsyncClient:
        """For one errand: nothing that a server hands over reaches another."""
        return httpx.AsyncClient(
            transport=_Pinned(self),
            timeout=httpx.Timeout(self.total_seconds, connect=self.connect_seconds),
            headers={"User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )


class _Refused(Exception):
    """Such an address is not asked; says which of words.LINK_PROBLEMS it is."""


class _Pinned(httpx.AsyncBaseTransport):
    """Connects to an address that was looked up and checked, under the name that was asked for."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        certificates = asker.certificates or _whom_all_trust()
        alone = httpx.Limits(max_keepalive_connections=0)  # two names may share an address
        self._inner = httpx.AsyncHTTPTransport(verify=certificates, trust_env=False, limits=alone)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.raw_host.decode("ascii").rstrip(".")
        refused: httpx.TransportError | None = None
        for address in await self._checked(request.url, host):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions=request.extensions | {"sni_hostname": host},
            )
            try:
                return await self._inner.handle_async_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                refused = error
        raise refused or _Refused("no_host")

    async def _checked(self, url: httpx.URL, host: str) -> Sequence[str]:
        port = url.port or PORTS.get(url.scheme, 0)
        if url.scheme not in PORTS or port not in self._asker.ports or url.userinfo or not host:
            raise _Refused("odd")
        found = await _in_a_thread(self._asker.look_up, host, port)
        if not all(map(self._asker.is_allowed, found)):
            raise _Refused("not_public")
        return found[:MOST_TRIED]

    async def aclose(self) -> None:
        await self._inner.aclose()


@cache
def _whom_all_trust() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


async def _follow(client: httpx.AsyncClient, url: str) -> Finding:
    here, moved_to, is_permanent = httpx.URL(url), "", True
    for _hop in range(1 + MAX_REDIRECTS):
        status, location = await _status(client, here)
        if not location:
            return _found(url, status, moved_to)
        here = here.join(location).copy_with(fragment=None)
        is_permanent = is_permanent and status in PERMANENT
        if is_permanent:
            moved_to = str(here)
    raise _Refused("round")


async def _status(client: httpx.AsyncClient, url: httpx.URL) -> tuple[int, str]:
    """The answer's status, and where it redirects to; its body is not read at all."""
    status = 0
    for method in ("HEAD", "GET"):
        async with client.stream(method, url) as response:
            status = response.status_code
            if response.has_redirect_location:
                return status, response.headers["location"]
        if status not in NOT_FOR_HEAD:
            break
    return status, ""


def _found(url: str, status: int, moved_to: str) -> Finding:
    if status in GONE:
        return Finding("dead", status)
    if not 200 <= status < 300:
        return Finding("unreachable", status, problem="server" if status >= 500 else "refused")
    leads_to = normalise_url(moved_to) if moved_to else ""
    if leads_to and url_key(leads_to) != url_key(url):  # not what a server adds by habit
        return Finding("moved", status, leads_to)
    return Finding("ok", status)


def problem_of(error: Exception) -> str:
    """Which of words.LINK_PROBLEMS an error is; how it was worded stays here."""
    if isinstance(error, _Refused):
        return str(error)
    if isinstance(error, socket.gaierror):
        return "no_host" if error.errno in NO_SUCH_NAME else "no_answer"
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "slow"
    if _comes_from_tls(error):
        return "tls"
    return "odd" if isinstance(error, httpx.InvalidURL | ValueError) else "no_answer"


def _comes_from_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


async def _in_a_thread(function: LookUp, host: str, port: int) -> Sequence[str]:
    """Look a name up in a thread that nobody waits for once the time is up."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Sequence[str]] = loop.create_future()

    def tell(found: Sequence[str] | None, error: Exception | None) -> None:
        if answered.done():
            return
        if error is not None:
            answered.set_exception(error)
        else:
            answered.set_result(found or ())

    def run() -> None:
        found, failed = None, None
        try:
            found = function(host, port)
        except Exception as error:
            failed = error
        with suppress(RuntimeError):  # too late: the loop is closed
            loop.call_soon_threadsafe(tell, found, failed)

    threading.Thread(target=run, name="look-up", daemon=True).start()
    return await answered
