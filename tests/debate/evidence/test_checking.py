"""Asking whether links lead somewhere, at real servers, and never what is not public."""

import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from discussion.debate.evidence.checking import Asker
from discussion.debate.evidence.drafts_links import Finding
from discussion.debate.evidence.networks import is_public
from tests.debate.evidence.elsewhere import (
    PRIVATE,
    PUBLIC,
    Server,
    asker_for,
    certificates,
    serving,
)

NOT_PUBLIC = {
    "this network": "0.0.0.0",
    "private, class A": "10.1.2.3",
    "shared by a carrier": "100.64.0.1",
    "this machine": "127.0.0.53",
    "where clouds keep secrets": "169.254.169.254",
    "private, class B": "172.31.255.255",
    "private, class C": "192.168.0.1",
    "protocols": "192.0.0.10",
    "documentation 1": "192.0.2.1",
    "documentation 2": "198.51.100.1",
    "documentation 3": "203.0.113.1",
    "6to4 relays": "192.88.99.1",
    "benchmarks": "198.19.0.1",
    "multicast": "224.0.0.251",
    "multicast, global": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6, none": "::",
    "IPv6, this machine": "::1",
    "IPv4 mapped": "::ffff:127.0.0.1",
    "a public IPv4 mapped": "::ffff:8.8.8.8",
    "IPv4 compatible": "::7f00:1",
    "NAT64": "64:ff9b::7f00:1",
    "NAT64, local": "64:ff9b:1::7f00:1",
    "discarded": "100::1",
    "Teredo": "2001::1",
    "ORCHID": "2001:20::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 documentation, new": "3fff::1",
    "6to4": "2002:7f00:1::1",
    "unique local": "fd00::1",
    "link local": "fe80::1",
    "link local of an interface": "fe80::1%eth0",
    "a public one of an interface": "2606:4700::1111%eth0",
    "site local": "fec0::1",
    "IPv6 multicast": "ff02::1",
    "no address": "example.org",
    "nothing": "",
}


@pytest.fixture
def public() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def private(public: Server) -> Iterator[Server]:
    with serving(PRIVATE, public.server_port) as server:
        yield server


def url(server: Server, path: str, host: str = "public.test") -> str:
    return f"http://{host}:{server.server_port}/{path}"


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC.keys())
def test_no_address_of_a_special_kind_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "[::1]",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "localhost."],
)  # fmt: skip
def test_this_machine_is_never_asked_however_its_name_is_written(public: Server, host: str) -> None:
    asker = Asker("test", ports=frozenset({public.server_port}))
    found = asker.ask(f"http://{host}:{public.server_port}/200")
    assert (found.state, public.seen) == ("unreachable", [])
    assert found.problem in ("not_public", "no_host", "odd")


def test_one_address_that_is_not_public_among_others_refuses_the_name(public: Server) -> None:
    found = asker_for(public).ask(url(public, "200", "both.test"))
    assert (found.problem, public.seen) == ("not_public", [])


def test_a_name_that_means_something_else_the_second_time_leads_nowhere(
    public: Server, private: Server
) -> None:
    answers: list[Sequence[str]] = [[PUBLIC], [PRIVATE], [PRIVATE]]
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    asker = asker_for(public, look_up=rebinding)
    assert asker.ask(url(public, "200")).state == "ok"
    assert (public.paths, private.seen, asked) == (["HEAD /200"], [], ["public.test"])

    asked.clear()
    assert asker.ask(url(public, "only-get/405")).problem == "not_public"
    assert (private.seen, len(asked)) == ([], 2)


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("http://private.test:{port}/200", "not_public"),
        ("http://127.0.0.2:{port}/200", "not_public"),
        ("//127.0.0.2:{port}/200", "not_public"),
        ("http://[::1]:{port}/200", "not_public"),
        ("http://169.254.169.254:{port}/latest", "not_public"),
        ("http://public.test:9/200", "odd"),
        ("http://somebody:secret@public.test:{port}/200", "odd"),
        ("ftp://public.test:{port}/200", "odd"),
        ("file:///etc/passwd", "odd"),
        ("javascript:alert(1)", "odd"),
        ("http://[", "odd"),
    ],
)
def test_a_redirect_is_asked_as_the_first_address_was(
    public: Server, private: Server, where: str, problem: str
) -> None:
    target = where.format(port=public.server_port)
    found = asker_for(public).ask(url(public, f"to/302/{target}"))
    assert (found.state, found.problem, private.seen) == ("unreachable", problem, [])
    assert len(public.seen) == 1


@pytest.mark.parametrize("address", ["http://public.test:22/", "https://public.test:8443/"])
def test_only_the_ports_of_the_web_are_asked(address: str) -> None:
    asker = Asker("test", look_up=lambda _host, _port: [PUBLIC], is_allowed=lambda _one: True)
    assert asker.ask(address) == Finding("unreachable", problem="odd")


@pytest.mark.parametrize(
    ("path", "state", "problem"),
    [
        ("200", "ok", ""),
        ("204", "ok", ""),
        ("404", "dead", ""),
        ("410", "dead", ""),
        ("401", "unreachable", "refused"),
        ("403", "unreachable", "refused"),
        ("429", "unreachable", "refused"),
        ("304", "unreachable", "refused"),
        ("500", "unreachable", "server"),
        ("503", "unreachable", "server"),
        ("garbage", "unreachable", "no_answer"),
        ("huge-header", "unreachable", "no_answer"),
        ("silent", "unreachable", "slow"),
        ("drip", "unreachable", "slow"),
        ("round", "unreachable", "round"),
        ("only-get/405", "ok", ""),
        ("only-get/403", "ok", ""),
        ("only-get/501", "ok", ""),
        ("only-get/404", "ok", ""),
        ("huge-body", "ok", ""),
        ("to/302/200", "ok", ""),
        ("to/301/404", "dead", ""),
    ],
)
def test_what_a_server_says_comes_to_a_state_and_never_to_an_error(
    public: Server, path: str, state: str, problem: str
) -> None:
    began = time.monotonic()
    asker = asker_for(public, total_seconds=0.6)
    path = path.replace("to/302/200", "to/302//200").replace("to/301/404", "to/301//404")
    found = asker.ask(url(public, path))
    assert (found.state, found.problem) == (state, problem)
    assert time.monotonic() - began < 1.5
    assert public.sent < 8_000_000  # what the network holds on its own, and no more


def test_five_redirects_are_followed_and_not_six(public: Server) -> None:
    asker_for(public).ask(url(public, "round"))
    assert len(public.seen) == 6


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("to/301//200", "/200"),
        ("to/308/http://other.test:{port}/200#top", "http://other.test:{port}/200"),
        ("to/301//to/302//200", "/to/302//200"),  # as far as it is for good
        ("to/302//to/301//200", ""),
    ],
)
def test_only_a_permanent_redirect_is_a_move(public: Server, path: str, leads_to: str) -> None:
    found = asker_for(public).ask(url(public, path.format(port=public.server_port)))
    want = leads_to.format(port=public.server_port)
    want = url(public, want[1:]) if want.startswith("/") else want
    assert (found.state, found.leads_to) == ("moved" if want else "ok", want)


def test_www_and_a_last_slash_are_no_move(public: Server) -> None:
    assert asker_for(public).ask(url(public, "at-home")) == Finding("ok", 200)
    assert len(public.seen) == 2


def test_a_server_learns_who_asks_and_nothing_else(
    public: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    asker = asker_for(public)
    asker.ask(url(public, "to/302//200"))
    asker.ask(url(public, "200"))
    assert len(public.seen) == 3
    for _method, _path, headers in public.seen:
        assert headers["User-Agent"] == asker.agent
        assert headers["Host"] == f"public.test:{public.server_port}"
        assert set(headers) == {
            "Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"
        }  # fmt: skip


def test_a_secure_server_is_known_by_its_name_although_its_address_is_asked(
    tmp_path: Path,
) -> None:
    serves, trusts = certificates(tmp_path, "public.test")
    with serving(certificate=serves) as server:
        secure = url(server, "200").replace("http:", "https:")
        asker = asker_for(server, certificates=trusts)
        assert asker.ask(secure) == Finding("ok", 200)
        assert server.names == ["public.test"]
        assert asker.ask(secure.replace("public.", "other.")).problem == "tls"
        assert asker_for(server).ask(secure).problem == "tls"  # signed by nobody whom all trust
    assert server.paths == ["HEAD /200"]


def test_nobody_there_is_no_answer_and_the_next_address_is_tried() -> None:
    with serving() as server:
        one = asker_for(server, look_up=lambda _host, _port: ["127.0.0.3", PUBLIC],
                        is_allowed=lambda _one: True)  # fmt: skip
        assert one.ask(url(server, "200")).state == "ok"
    assert asker_for(server).ask(url(server, "200")).problem == "no_answer"


@pytest.mark.parametrize(
    ("code", "problem"),
    [(socket.EAI_NONAME, "no_host"), (socket.EAI_AGAIN, "no_answer")],
)
def test_a_name_that_is_gone_is_told_from_a_register_that_is_away(
    public: Server, code: int, problem: str
) -> None:
    def look_up(_host: str, _port: int) -> Sequence[str]:
        raise socket.gaierror(code, "")

    assert asker_for(public, look_up=look_up).ask(url(public, "200")).problem == problem


def test_a_slow_register_of_names_ends_with_the_time(public: Server) -> None:
    def look_up(_host: str, _port: int) -> Sequence[str]:
        time.sleep(1.5)
        return [PUBLIC]

    began = time.monotonic()
    found = asker_for(public, look_up=look_up, total_seconds=0.2).ask(url(public, "200"))
    assert (found.problem, time.monotonic() - began < 1) == ("slow", True)
