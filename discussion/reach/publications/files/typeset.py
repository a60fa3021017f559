"""Setting data in type as PDF/UA-1: tagged, with rows and columns of tables that have headers."""

import json
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from discussion.reach.publications.files.viewed import FONTS, printable

HERE = FONTS.parent
DOTS = 220  # of a picture, an inch
TIGHTEST = 3  # how often type is set smaller before it would be below 6.9 points


def typeset(template: Path, data: Any, tight: int) -> bytes:
    """The data as this template lays it out.

    The compiler is large and few need it, so it is imported here. It reads data and no markup of
    people's, refuses a picture without words, and a character that no face has: those are replaced
    before, and say so.
    """
    made = _compiler(template).compile(
        sys_inputs=_inputs(data, tight), format="pdf", pdf_standards="ua-1"
    )
    return made if isinstance(made, bytes) else b""


def drawn(template: Path, data: Any) -> bytes:
    """The one page of this template as PNG."""
    made = _compiler(template).compile(sys_inputs=_inputs(data, 0), format="png", ppi=DOTS)
    return made if isinstance(made, bytes) else b""


def _compiler(template: Path) -> Any:
    import typst

    return typst.Compiler(
        str(template), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def _inputs(data: Any, tight: int) -> dict[str, str]:
    return {"data": json.dumps(printable(data, has), ensure_ascii=False), "tight": str(tight)}


def with_row_headers(pdf: bytes) -> bytes:
    """The first cell of each row of a table’s body as the header of its row.

    The compiler tags headers of columns alone. The same bytes for the same file.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        for row in _rows(opened.Root.StructTreeRoot["/K"], is_body=False):
            cells = [one for one in _children(row) if str(one.get("/S", "")) in ("/TD", "/TH")]
            if cells and str(cells[0]["/S"]) == "/TD":
                cells[0]["/S"] = pikepdf.Name("/TH")
                scope = pikepdf.Dictionary(O=pikepdf.Name("/Table"), Scope=pikepdf.Name("/Row"))
                kept = cells[0].get("/A")
                others = [kept] if isinstance(kept, pikepdf.Dictionary) else list(kept or [])
                cells[0]["/A"] = pikepdf.Array([*others, scope]) if others else scope
        written = BytesIO()
        opened.save(
            written,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return written.getvalue()


def pages_of(pdf: bytes) -> int:
    """How many pages it has."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


@cache
def _characters() -> frozenset[str]:
    return frozenset((FONTS / "characters.txt").read_text("utf-8"))


def has(character: str) -> bool:
    """Whether both faces have it."""
    return character in _characters() or character in "\n\t"


def _children(node: Any) -> Iterator[Any]:
    import pikepdf

    found = node.get("/K") if isinstance(node, pikepdf.Dictionary) else node
    listed = found if isinstance(found, pikepdf.Array) else [found]
    yield from (one for one in listed if isinstance(one, pikepdf.Dictionary))


def _rows(node: Any, *, is_body: bool) -> Iterator[Any]:
    """Every row of a table that is not a row of column headers."""
    for one in _children(node):
        name = str(one.get("/S", ""))
        if name == "/TR" and is_body:
            yield one
        elif name == "/Table":
            has_body = any(str(part.get("/S", "")) == "/TBody" for part in _children(one))
            yield from _rows(one, is_body=not has_body)
        elif name != "/THead":
            yield from _rows(one, is_body=is_body or name == "/TBody")
