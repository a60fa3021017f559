"""The files of a briefing, read by others' programs: tags of the PDF, parts of the Word file."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from discussion.reach.publications.files import make_files
from discussion.reach.publications.files.pdf import as_pdf
from discussion.reach.publications.files.references import harvard
from discussion.reach.publications.files.typeset import has, pages_of
from discussion.reach.publications.files.viewed import printable
from discussion.reach.publications.files.word import as_docx
from discussion.reach.publications.shapes import Cited, Document
from discussion.records import read
from tests.reach.publications.scene import LATER, QUOTE, Briefed

HOSTILE = '#panic("x") $a$ <b>&amp;</b> \\ *bold* \u0645\u0631\u062d\u0628\u0627 日本 ✓'


@pytest.fixture
def document(session: Session) -> Document:
    scene = Briefed(session)
    scene.draft(who=f"{HOSTILE} wrote.")
    scene.tell()
    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        return read(Document, scene.publish().snapshot)


def _tags(pdf: bytes) -> list[tuple[str, str]]:
    """Every tag of the structure tree in order, with its alternative text."""
    import pikepdf

    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node["/S"]), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang).startswith("en")
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()
        walk(opened.Root.StructTreeRoot["/K"])
    return found


def test_the_pdf_is_tagged_with_headings_lists_tables_and_what_the_map_shows(
    document: Document,
) -> None:
    tags = _tags(as_pdf(document))
    names = [name for name, _alt in tags]
    assert names.count("/H1") == 1
    assert names.count("/H2") >= 5
    assert {"/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(names)
    (alt,) = [alt for name, alt in tags if name == "/Figure"]
    assert alt.startswith("A map with one scale, from Decided centrally")
    assert pages_of(as_pdf(document)) <= 2


def test_characters_that_no_face_has_are_replaced_and_the_replacement_says_so() -> None:
    assert printable(["Café €", "مرحبا", "日本", "ﬁn"], has) == [
        "Café €", "[Arabic]", "[Cjk]", "fin",
    ]  # fmt: skip


def test_the_word_file_opens_with_headings_tables_and_the_same_words(document: Document) -> None:
    from docx import Document as opened

    word = opened(BytesIO(as_docx(document)))
    styles = [one.style.name for one in word.paragraphs if one.style is not None]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") >= 5
    text = "\n".join(one.text for one in word.paragraphs)
    assert QUOTE in text
    assert HOSTILE in text
    assert word.tables[0].rows[0].cells[0].text == "Value"


def test_the_same_document_makes_the_same_files(document: Document) -> None:
    first = make_files(document)
    assert set(first) == {"pdf", "docx", "txt", "bib", "ris", "csl"}
    assert make_files(document) == first
    assert b"@misc{donnelly2019" in first["bib"]
    assert first["ris"].startswith(b"TY  - GEN")


def test_references_name_persons_and_institutions_as_they_are_in_harvard_style() -> None:
    person = Cited("a", "Focus on <b>feedback</b>", ("Shute, V. J.",), 2008,
                   "Review of Research 78(1), 153–189", None, "10.3102/0034", "", "en-GB",
                   None)  # fmt: skip
    body = Cited("b", "Making data work", ("Advisory Group",), 2018, "Ministry",
                 "https://example.org/a", None, "", "en-GB", None)  # fmt: skip
    assert harvard([body, person]) == [
        "Advisory Group (2018) Making data work. Ministry. Available at: https://example.org/a.",
        "Shute, V.J. (2008) ‘Focus on <b>feedback</b>’, Review of Research, 78(1), pp. 153–189. "
        "Available at: https://doi.org/10.3102/0034.",
    ]
