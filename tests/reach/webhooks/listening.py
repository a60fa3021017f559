"""A program that listens on this machine, as a chat would, and checks who wrote."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Heard:
    """One message as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        return json.loads(self.body)

    def is_from(self, secret: str) -> bool:
        """Checked as the text of Standard Webhooks says, by nothing of ours."""
        key = b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode()
        digest = hmac.new(key, signed + self.body, sha256).digest()
        return hmac.compare_digest(
            f"v1,{b64encode(digest).decode()}", self.headers["webhook-signature"]
        )


@dataclass
class Listener:
    """What was heard, and with which statuses the next messages are answered; then 204."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def url(self, path: str = "/hooks/secret-9f2c") -> str:
        return f"http://chat.example.org:{self.port}{path}"


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.heard.append(Heard(headers, body))
            status = listener.answers.pop(0) if listener.answers else 204
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"http://chat.example.org:{listener.port}/else")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.port = int(server.server_address[1])
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
