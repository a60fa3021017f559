"""Load for a few seconds: by wrk where it is installed, else by a small client of our own."""

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass

CONNECTIONS = 16
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Measured:
    per_second: float
    p50: float  # milliseconds
    p99: float


def load(port: int, path: str, headers: Mapping[str, str], *, seconds: int) -> Measured:
    """Ask for one page over sixteen connections that stay open; raises if any answer was bad."""
    if shutil.which("wrk"):
        return _by_wrk(port, path, headers, seconds)
    return asyncio.run(_by_hand(port, path, headers, seconds))


def _by_wrk(port: int, path: str, headers: Mapping[str, str], seconds: int) -> Measured:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True,
        timeout=seconds + 60,
    ).stdout  # fmt: skip
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)

    def latency(percent: str) -> float:
        found = re.search(rf"^\s*{percent}%\s+([\d.]+)(us|ms|s|m)\s*$", said, re.M)
        if found is None:
            raise RuntimeError(said)
        return float(found[1]) * _UNITS[found[2]]

    rate = re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]
    return Measured(float(rate), latency("50"), latency("99"))


async def _by_hand(port: int, path: str, headers: Mapping[str, str], seconds: int) -> Measured:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{n}: {v}" for n, v in headers.items())]
    asked = ("\r\n".join(lines) + "\r\n\r\n").encode()
    until = time.perf_counter() + seconds
    took: list[float] = []

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (began := time.perf_counter()) < until:
            writer.write(asked)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                raise RuntimeError(head.decode())
            await reader.readexactly(int(length[1]))
            took.append(1000 * (time.perf_counter() - began))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    spent = time.perf_counter() - began
    took.sort()
    return Measured(len(took) / spent, took[len(took) // 2], took[int(len(took) * 0.99)])
