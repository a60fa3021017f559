"""A page in pieces that were compressed before, and put together on its way out."""

import zlib
from dataclasses import dataclass
from struct import pack

from flask import Response, g, make_response

THOROUGH = 9  # for what is compressed once and sent often
QUICK = 4
_WITHOUT, _WITH_NAME = (b"\x1f\x8b\x08" + flag + bytes(4) + b"\0\xff" for flag in (b"\0", b"\x08"))
_LAST = b"\x03\0"  # an empty block, which ends the stream


@dataclass(frozen=True)
class Pieces:
    """A page in three pieces, each with itself `deflated`, and a name for all that it says."""

    before: tuple[bytes, bytes]
    middle: tuple[bytes, bytes]
    after: tuple[bytes, bytes]
    name: str

    @property
    def plain(self) -> bytes:
        return self.before[0] + self.middle[0] + self.after[0]


def deflated(piece: bytes, level: int = QUICK) -> bytes:
    """A piece of a deflate stream that points at nothing outside itself and ends with a byte."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def joined(pieces: Pieces, *, padding: int = 0) -> bytes:
    """One member of gzip (RFC 1952) out of all three, with so many idle bytes in its header."""
    plain = pieces.plain
    return b"".join(
        (
            _WITH_NAME if padding else _WITHOUT,
            (b"x" * padding + b"\0") if padding else b"",
            pieces.before[1],
            pieces.middle[1],
            pieces.after[1],
            _LAST,
            pack("<LL", zlib.crc32(plain), len(plain) & 0xFFFFFFFF),
        )
    )


def sent_in_pieces(pieces: Pieces) -> Response:
    """An answer that says what they say, and may be sent as they are compressed."""
    response = make_response(pieces.plain)
    g.pieces = response, pieces
    return response


def pieces_of(response: Response) -> Pieces | None:
    """Those that an answer was made of, as long as nothing was written into it."""
    sent, pieces = g.get("pieces", (None, None))
    return pieces if sent is response else None


def say_instead(response: Response, html: str) -> None:
    """Send another page than the one that was drawn, whose pieces are none of it."""
    g.pop("pieces", None)
    response.set_data(html)
