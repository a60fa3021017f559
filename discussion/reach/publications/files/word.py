"""A document as DOCX: headings, lists, tables with header rows, the language of each quotation."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from discussion.language import _
from discussion.reach.publications.files.plain import of_cite
from discussion.reach.publications.files.typeset import HERE, drawn
from discussion.reach.publications.files.viewed import facts_of, map_in_words, viewed, words_of
from discussion.reach.publications.shapes import Block, Document, Said, Section, Stand

MAP = HERE / "map.typ"
MARGIN, WIDE = 18, 174  # millimetres of a page of A4
# Small type in little room, as on paper: style → points above and below.
SPACING = {
    "Normal": (0, 3),
    "List Bullet": (0, 1),
    "Quote": (0, 3),
    "Title": (0, 6),
    "Heading 1": (8, 2),
    "Heading 2": (4, 1),
}
TYPE = {"Normal": 9, "Title": 19, "Heading 1": 12.5, "Heading 2": 10}
# How wide the columns of each table are, in hundredths.
COLUMNS = {
    "range": (6, 52, 26, 16),
    "disputed": (50, 25, 25),
    "evidence": (58, 14, 14, 14),
    "minds": (6, 20, 74),
    "who": (60, 20, 20),
}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of every file inside, so that the same document is the same file


def as_docx(document: Document) -> bytes:
    """The writer of Word files is needed by the worker alone, so it is imported here."""
    from docx import Document as new
    from docx.oxml.ns import qn

    word: Any = new()
    normal = word.styles["Normal"]
    normal.font.name = "Calibri"
    _lay_out(word)
    about = word.core_properties
    about.title, about.author, about.language = document.title, document.series, document.language
    about.created = about.modified = datetime.fromisoformat(document.made_on).replace(tzinfo=UTC)
    fonts = normal.element.get_or_add_rPr()
    fonts.append(fonts.makeelement(qn("w:lang"), {qn("w:val"): document.language}))
    words = words_of(document)
    word.add_heading(document.title, 0)
    word.add_paragraph(f"{words['running']}. {document.series}. {document.url}")
    if document.is_demonstration:
        word.add_paragraph(words["demonstration"])
    if document.note:
        word.add_paragraph(f"{words['corrected']} {document.note}")
    for name, said in facts_of(document):
        word.add_paragraph(f"{name}: {said}")
    for section in document.sections:
        _section(word, section, document, words)
    if document.findings:
        word.add_heading(words["findings"], 1)
    for found in document.findings:
        word.add_paragraph(f"{found.code} {found.text} {found.says}", style="List Bullet")
    if document.references:
        word.add_heading(words["references"], 1)
    for one in document.references:
        about_it = ". ".join(filter(None, (one.kind, one.strength, one.link)))
        word.add_paragraph(f"[{one.number}] {one.text} {about_it}.")
    word.add_heading(_("How to cite this"), 1)
    word.add_paragraph(document.cite_as)
    return _packed(word)


def _lay_out(word: Any) -> None:
    from docx.shared import Mm, Pt

    page = word.sections[0]
    page.page_width, page.page_height = Mm(WIDE + 2 * MARGIN), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    for name, (above, below) in SPACING.items():
        shape = word.styles[name].paragraph_format
        shape.space_before, shape.space_after, shape.line_spacing = Pt(above), Pt(below), 1.0
    for name, size in TYPE.items():
        word.styles[name].font.size = Pt(size)


def _section(word: Any, section: Section, document: Document, words: dict[str, str]) -> None:
    word.add_heading(section.title, 1)
    for block in section.blocks:
        _block(word, block)
    tables: dict[str, Callable[[], object]] = {
        "range": lambda: _roads(word, document, words),
        "disputed": lambda: _table(
            word,
            (words["value"], words["costs"], words["served"]),
            [(one.label, _numbers(one.outweighed), _numbers(one.served))
             for one in document.values],
            COLUMNS["disputed"],
        ),
        "evidence": lambda: _table(
            word,
            (words["source"], words["contradicts"], words["qualifies"], words["supports"]),
            [(f"{one.title} [{one.number}]", _numbers(one.contradicts), _numbers(one.qualifies),
              _numbers(one.supports)) for one in document.sources],
            COLUMNS["evidence"],
        ),
        "minds": lambda: _table(
            word,
            (words["number"], words["kind"], words["words"]),
            [(str(one.stand.number), one.minds, f"“{one.mind}”")
             for one in document.roads if one.mind],
            COLUMNS["minds"],
        ),
        "who": lambda: _table(
            word,
            (words["as_what"], words["wrote"], words["answered"]),
            [(one.label, str(one.positions), str(one.responses)) for one in document.who],
            COLUMNS["who"],
        ),
        "method": lambda: [word.add_paragraph(one) for one in document.method],
    }  # fmt: skip
    if section.purpose in tables:
        tables[section.purpose]()


def _block(word: Any, block: Block) -> None:
    if block.quoted is not None:
        quoted = block.quoted
        made = word.add_paragraph(style="Quote")
        made.add_run(f"“{quoted.words}”")
        made.add_run(f" {quoted.name}, {quoted.detail}").italic = False
        return
    if block.kind == "heading":
        word.add_heading(block.sentences[0].text, 2)
        return
    made = word.add_paragraph(style="List Bullet" if block.kind == "item" else None)
    for one in block.sentences:
        _sentence(made, one)


def _sentence(paragraph: Any, said: Said) -> None:
    if said.is_editors:
        paragraph.add_run(_("Editor:") + " ").bold = True
    paragraph.add_run(said.text)
    for cite in said.cites:
        paragraph.add_run(f" {of_cite(cite)}")
    paragraph.add_run(" ")


def _roads(word: Any, document: Document, words: dict[str, str]) -> None:
    if document.scale is not None:
        _picture(word, document)
    rows = [
        (str(one.stand.number), one.claim, one.name, one.place or one.level)
        for one in document.roads
    ]
    head = (words["number"], _("Position"), _("Who"), _("Where it stands"))
    _table(word, head, rows, COLUMNS["range"])


def _picture(word: Any, document: Document) -> None:
    """The map; in words for who does not see it. The table below has what it shows."""
    from docx.shared import Mm

    shown = word.add_picture(BytesIO(drawn(MAP, viewed(document))), width=Mm(WIDE - 6))
    shown._inline.docPr.set("descr", map_in_words(document))


def _table(
    word: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> None:
    """With a first row that is repeated on each page and read as headers."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    if not rows:
        return
    table = word.add_table(rows=1, cols=len(head), style="Light Shading")
    table.autofit = False
    for cell, said in zip(table.rows[0].cells, head, strict=True):
        cell.text = said
    make: Any = OxmlElement
    table.rows[0]._tr.get_or_add_trPr().append(make("w:tblHeader"))
    for row in rows:
        added = table.add_row()
        added._tr.get_or_add_trPr().append(make("w:cantSplit"))
        for cell, said in zip(added.cells, row, strict=True):
            cell.text = said
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(WIDE * wide / 100)
        for cell in column.cells:
            cell.width = Mm(WIDE * wide / 100)


def _numbers(stands: Sequence[Stand]) -> str:
    return ", ".join(str(one.number) for one in stands)


def _packed(word: Any) -> bytes:
    """The same bytes for the same document: no file inside knows when it was written."""
    loose, packed = BytesIO(), BytesIO()
    word.save(loose)
    with ZipFile(loose) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(ZipInfo(name, LONG_AGO), before.read(name), ZIP_DEFLATED)
    return packed.getvalue()
