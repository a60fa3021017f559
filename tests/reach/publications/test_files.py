"""The files of a briefing, read by others' programs: tags of the PDF, parts of the Word file."""

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from discussion.reach.publications.files import make_files
from discussion.reach.publications.files.pdf import MOST_SAVED, as_pdf, pages_on_paper
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
    assert scopes_of(as_pdf(document)) == {"/Row", "/Column"}
    (alt,) = [alt for name, alt in tags if name == "/Figure"]
    assert alt.startswith("A map with one scale, from Decided centrally")
    assert pages_of(as_pdf(document)) in (1, 2)


def scopes_of(pdf: bytes) -> set[str]:
    """Which cells of its tables are headers: of rows, of columns."""
    from tests.reach.publications.test_sheets import tags_of

    return set(tags_of(pdf)[1])


def test_verapdf_finds_nothing_against_pdf_ua(document: Document, tmp_path: Path) -> None:
    tool = shutil.which("verapdf")
    if tool is None:
        pytest.skip("veraPDF is not here: install it (verapdf.org, needs Java) to check PDF/UA-1")
    (tmp_path / "a.pdf").write_bytes(as_pdf(document))
    asked = [tool, "--flavour", "ua1", "--format", "text", str(tmp_path / "a.pdf")]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert said.stdout.startswith("PASS"), said.stdout + said.stderr


def test_libreoffice_opens_the_word_file_with_all_its_words(
    document: Document, tmp_path: Path
) -> None:
    tool = shutil.which("soffice")
    if tool is None:
        pytest.skip("LibreOffice is not here: install libreoffice-writer to open the Word file")
    (tmp_path / "a.docx").write_bytes(as_docx(document))
    asked = [
        tool,
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--headless",
        "--convert-to",
        "txt:Text",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=180, check=False)
    complaints = [one for one in said.stderr.splitlines() if "javaldx" not in one]  # no Java
    assert (said.returncode, complaints) == (0, []), said.stderr
    read_by_it = (tmp_path / "a.txt").read_text("utf-8")
    assert QUOTE in read_by_it
    assert document.references[0].text[:40] in read_by_it


def test_what_two_pages_do_not_hold_is_set_in_the_largest_type(document: Document) -> None:
    long = replace(document, method=document.method * 400)
    assert pages_of(as_pdf(long)) > MOST_SAVED
    assert pages_of(as_pdf(long)) > pages_on_paper(long)


def test_characters_that_no_face_has_are_replaced_and_the_replacement_says_so() -> None:
    assert printable(("Café €", "مرحبا", "日本", "ﬁn"), has) == [
        "Café €", "[Arabic]", "[Cjk]", "fin",
    ]  # fmt: skip
    pictures = "\U0001f3f3\ufe0f\u200d\U0001f308"
    assert printable([f"{pictures}{pictures} on\u202e\u2028us"], has) == ["[Sign] on us"]


def test_the_word_file_opens_with_headings_tables_and_the_same_words(document: Document) -> None:
    from docx import Document as opened

    word: Any = opened(BytesIO(as_docx(document)))
    styles = [one.style.name for one in word.paragraphs if one.style is not None]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") >= 5
    text = "\n".join(one.text for one in word.paragraphs)
    assert QUOTE in text
    assert HOSTILE in text
    assert word.tables[0].rows[0].cells[0].text == "Value"
    (shown,) = word.inline_shapes
    alt = shown._inline.docPr.get("descr")
    assert alt.startswith("A map with one scale, from Decided centrally")
    page = word.sections[0]
    assert shown.width <= page.page_width - page.left_margin - page.right_margin


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
