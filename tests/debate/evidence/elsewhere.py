"""Real servers for the link checker to ask: one stands for the public internet, one does not."""

import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from discussion.debate.evidence.checking import Asker

PUBLIC, PRIVATE = "127.0.0.1", "127.0.0.2"
NAMES = {
    "public.test": [PUBLIC], "www.public.test": [PUBLIC], "other.test": [PUBLIC],
    "private.test": [PRIVATE], "both.test": [PUBLIC, PRIVATE],
}  # fmt: skip
DRIP = 0.05


class Server(ThreadingHTTPServer):
    """Answers by the path: /200, /404; /to/<status>/<address> redirects; others as named below."""

    daemon_threads = True

    def __init__(self, address: str, port: int = 0) -> None:
        super().__init__((address, port), Handler)
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.names: list[str | None] = []
        self.sent = 0

    @property
    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _headers in self.seen]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.server.seen.append((self.command, self.path, dict(self.headers.items())))
        word, _slash, rest = self.path.strip("/").partition("/")
        if word == "to":
            status, _slash, where = rest.partition("/")
            self._say(int(status), Location=where, **{"Set-Cookie": "followed=1"})
        elif word == "round":
            self._say(302, Location=f"/round/{len(self.server.seen)}")
        elif word == "only-get":
            self._say(int(rest) if self.command == "HEAD" else 200)
        elif word.isdecimal():
            self._say(int(word))
        else:
            getattr(self, f"_{word.replace('-', '_')}")()

    do_GET = do_HEAD

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _drip(self) -> None:
        """A header that never ends, one character at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._pour(b"a", pause=DRIP)

    def _huge_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Huge: ")
        self._pour(b"a" * 65_536)

    def _huge_body(self) -> None:
        if self.command == "HEAD":
            self._say(405)
            return
        self._say(200)
        self._pour(b"a" * 65_536)

    def _silent(self) -> None:
        time.sleep(2)

    def _at_home(self) -> None:
        """Only under its whole name, and with a slash at the end."""
        host = self.headers["Host"]
        is_whole = host.startswith("www.") and self.path.endswith("/")
        where = f"http://www.{host.removeprefix('www.')}/at-home/"
        self._say(200) if is_whole else self._say(301, Location=where)

    def _garbage(self) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")

    def _pour(self, piece: bytes, pause: float = 0.0) -> None:
        try:
            for _ in range(4000):
                self.wfile.write(piece)
                self.server.sent += len(piece)
                time.sleep(pause)
        except OSError:
            return  # nobody listens any more

    def log_message(self, *_given: Any) -> None:
        pass


@contextmanager
def serving(
    address: str = PUBLIC, port: int = 0, certificate: ssl.SSLContext | None = None
) -> Iterator[Server]:
    server = Server(address, port)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
        certificate.sni_callback = lambda _socket, name, _context: server.names.append(name)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asker_for(server: Server, **changes: Any) -> Asker:
    """An asker for whom 127.0.0.1 is public, and no other address is."""
    fields: dict[str, Any] = {
        "agent": "discussion/1 (https://discussion.example.org; checks links of its library)",
        "look_up": look_up,
        "is_allowed": lambda address: address == PUBLIC,
        "ports": frozenset({server.server_port}),
        "connect_seconds": 1.0,
        "total_seconds": 1.0,
    }
    return Asker(**fields | changes)


def look_up(host: str, _port: int) -> Sequence[str]:
    return NAMES.get(host, [host])


def certificates(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's certificate for this name, and what trusts it and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    serves = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serves.load_cert_chain(file, key_file)
    trusts = ssl.create_default_context(cafile=str(file))
    return serves, trusts
