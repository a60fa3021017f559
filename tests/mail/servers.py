"""Mail servers as they should not be: on sockets of this machine, each with its own way to fail."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

ANSWERS = {
    "HELLO": "220 here",
    "EHLO": "250-here\r\n250 SIZE 1000000",
    "MAIL": "250 2.1.0 yes",
    "RCPT": "250 2.1.5 yes",
    "DATA": "354 go on",
    ".": "250 2.0.0 kept",
    "RSET": "250 yes",
    "QUIT": "221 bye",
}


@dataclass
class Postman:
    """What came, and how each word is answered: a sentence, nothing ever (None), or a cut ("")."""

    answers: dict[str, str | None]
    pause: float = 0.0  # before each answer
    drip: float = 0.0  # between the letters of an answer
    port: int = 0
    calls: int = 0
    said: list[str] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def serve(self, listening: socket.socket) -> None:
        while not self.ended.is_set():
            try:
                found, _where = listening.accept()
            except OSError:
                return
            self.calls += 1
            threading.Thread(target=self._quietly, args=(found,), daemon=True).start()

    def _quietly(self, found: socket.socket) -> None:
        with found, suppress(OSError):
            self._talk(found)

    def _talk(self, found: socket.socket) -> None:
        lines = found.makefile("r", encoding="utf-8", newline="\r\n")
        if not self._answer(found, "HELLO"):
            return
        for line in lines:
            self.said.append(line.rstrip())
            word = line.split(maxsplit=1)[0].upper().split(":")[0]
            if not self._answer(found, word) or word == "QUIT":
                return
            if word == "DATA" and self._text("DATA").startswith("354"):
                letter = []
                for one in lines:
                    if one == ".\r\n":
                        break
                    letter.append(one)
                else:
                    return
                self.arrived.append("".join(letter))
                if not self._answer(found, "."):
                    return

    def _text(self, word: str) -> str:
        said = self.answers.get(word, ANSWERS.get(word, "500 what"))
        return said or ""

    def _answer(self, found: socket.socket, word: str) -> bool:
        if word in self.answers and self.answers[word] is None:
            self.ended.wait(20)
            return False
        said = self._text(word)
        if not said:
            return False
        self.ended.wait(self.pause)
        for piece in said + "\r\n" if self.drip else [said + "\r\n"]:
            found.sendall(piece.encode())
            if self.drip:
                time.sleep(self.drip)
        return True


@contextmanager
def a_postman(pause: Any = 0.0, drip: Any = 0.0, **answers: Any) -> Iterator[Postman]:
    """One that answers as it is told; `DOT` stands for the end of a letter."""
    told = {"." if word == "DOT" else word: said for word, said in answers.items()}
    postman = Postman(told, pause, drip)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        postman.port = listening.getsockname()[1]
        thread = threading.Thread(target=postman.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield postman
        finally:
            postman.ended.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def within(seconds: float, does: Callable[[], object]) -> object:
    """What is given back, or raised; it is an error if that takes longer."""
    began = time.monotonic()
    try:
        return does()
    finally:
        assert time.monotonic() - began < seconds, "it waited for too long"
