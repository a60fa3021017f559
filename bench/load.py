"""Readers who ask as fast as they are answered: one thread, many connections that stay open.

Made to take little of a machine that has few processors: nothing of an answer is looked at but
its status and its length. `Measured.driver` says how much of one processor asking took even so.
"""

import re
import select
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice

from bench.servers import Server

CONNECTIONS = 16
LONGEST_ANSWER = 30.0  # seconds
ROOM = 1 << 18
LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)\r\n")


@dataclass(frozen=True)
class Ask:
    """One page, and how it is asked for."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_sent(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Measured:
    """Answers a second, and milliseconds within which half and 99 in 100 came."""

    per_second: float
    p50: float
    p99: float
    driver: float = 0.0  # of one processor, taken by whoever asked
    paid: float = 0.0  # milliseconds of the processors that the server took for each answer


class BadAnswer(RuntimeError):
    """An answer other than 200, or none."""


class _Reader:
    """One connection: asks, reads to the end, asks again."""

    def __init__(self, port: int, asks: Sequence[bytes], first: int) -> None:
        self._asks = islice(cycle(asks), first, None)
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=LONGEST_ANSWER)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ask()

    def ask(self) -> None:
        self._head, self._left = b"", -1
        self.began = time.perf_counter()
        self.socket.sendall(next(self._asks))

    def take(self, room: memoryview) -> bool:
        """Read what has come; whether that was the end of an answer."""
        came = self.socket.recv_into(room)
        if not came:
            raise BadAnswer("a server closed the connection")
        if self._left < 0:
            self._head += room[:came]
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return False
            length = LENGTH.search(self._head, 0, end + 2)
            if not self._head.startswith(b"HTTP/1.1 200") or length is None:
                raise BadAnswer(self._head[:400].decode("latin-1"))
            self._left, came = int(length[1]), len(self._head) - end - 4
        self._left -= came
        return self._left == 0


def load(
    server: Server, asks: Sequence[Ask], *, seconds: float, connections: int = CONNECTIONS
) -> Measured:
    """Ask for these pages in turn over connections that stay open; BadAnswer if one is not 200."""
    sent = [ask.as_sent() for ask in asks]
    took: list[float] = []
    readers = [_Reader(server.port, sent, number % len(sent)) for number in range(connections)]
    began, spent, paid = time.perf_counter(), time.thread_time(), server.processor_seconds()
    try:
        _keep_asking(readers, began + seconds, took)
    finally:
        for reader in readers:
            reader.socket.close()
    lasted = time.perf_counter() - began
    share = (time.thread_time() - spent) / lasted
    each = 1000 * (server.processor_seconds() - paid) / len(took)
    return replace(measured(took, lasted), driver=share, paid=each)


def _keep_asking(readers: Sequence[_Reader], until: float, took: list[float]) -> None:
    room = memoryview(bytearray(ROOM))
    by_number = {reader.socket.fileno(): reader for reader in readers}
    with select.epoll() as waiting:
        for number in by_number:
            waiting.register(number, select.EPOLLIN)
        while by_number:
            ready = waiting.poll(LONGEST_ANSWER)
            if not ready:
                raise BadAnswer(f"no answer within {LONGEST_ANSWER:.0f} seconds")
            for number, _event in ready:
                reader = by_number[number]
                if not reader.take(room):
                    continue
                now = time.perf_counter()
                took.append(now - reader.began)
                if now < until:
                    reader.ask()
                else:  # what is under way is answered, so that slow answers count too
                    waiting.unregister(number)
                    del by_number[number]


def measured(took: list[float], lasted: float) -> Measured:
    """Seconds that each answer took, and how long it lasted in all, in figures."""
    took = sorted(took)
    p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99)]
    return Measured(len(took) / lasted, 1000 * p50, 1000 * p99)
