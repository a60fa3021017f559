"""What a thread came to, taken away: two pages of PDF that are tagged, and tables."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from discussion.reach.publications.files.sheets import sheet_as_pdf
from discussion.reach.publications.files.typeset import pages_of
from discussion.reach.publications.queries.sheets import concluded, found
from discussion.reach.publications.shapes_sheets import Line, Part, Sheet, Table
from tests.conftest import sign_in
from tests.factories import make_position
from tests.reach.publications.scene import Briefed
from tests.weighing.findings.worlds import WORKED, Weighed, weighed

FORMULA = '=HYPERLINK("https://example.org")'


def rows_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    answered = client.get(address)
    assert answered.status_code == 200, address
    assert answered.data.startswith("\ufeff".encode())
    return list(csv.DictReader(StringIO(answered.data.decode("utf-8-sig"))))


def tags_of(pdf: bytes) -> tuple[list[str], list[str]]:
    """The names of its tags in order, and which scopes the headers of its tables have."""
    import pikepdf

    names: list[str] = []
    scopes: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                walk(one)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                names.append(str(node["/S"]))
                given = node.get("/A", pikepdf.Array())
                listed = given if isinstance(given, pikepdf.Array) else [given]
                scopes.extend(str(one["/Scope"]) for one in listed if "/Scope" in one)
            if "/K" in node:
                walk(node["/K"])

    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()
        walk(opened.Root.StructTreeRoot["/K"])
    return names, scopes


@pytest.fixture
def world(session: Session) -> Weighed:
    made = weighed(session, {**WORKED, "M3": ("means", FORMULA, "55...", "12121")})
    made.compute()
    return made


def of(world: Weighed, format: str) -> str:
    return f"/publications/sheets/findings/{world.thread.slug}/1.{format}"


def test_findings_are_two_tagged_pages_with_headers_of_rows_and_columns(
    app: Flask, world: Weighed
) -> None:
    answered = app.test_client().get(of(world, "pdf"))
    assert (answered.status_code, answered.mimetype) == (200, "application/pdf")
    assert pages_of(answered.data) == 2
    names, scopes = tags_of(answered.data)
    assert names.count("/H1") == 1
    assert names.count("/H2") >= 3
    assert {"/Table", "/TH", "/TD", "/L", "/LI"} <= set(names)
    assert {"/Row", "/Column"} <= set(scopes)
    assert app.test_client().get(of(world, "pdf")).data == answered.data


def test_the_table_of_findings_has_the_numbers_of_the_page_and_none_that_it_leaves_out(
    app: Flask, world: Weighed
) -> None:
    client = app.test_client()
    rows = rows_of(client, of(world, "csv"))
    by = {(row["code"], row["group"]): row for row in rows}
    assert len({row["code"] for row in rows}) == len(world.statements)
    shown = next(row for row in rows if row["statement"] == WORKED["M1"][1])
    assert (shown["raters"], shown["agree"], shown["not_shown"]) == ("10", "5", "")
    formula = [row for row in rows if row["statement"] == f"'{FORMULA}"]
    few = [row for row in formula if row["not_shown"]]
    assert few
    assert all(row["raters"] == row["agree"] == row["mean"] == "" for row in few)
    assert len(by) == len(rows)
    meant = rows_of(client, "/publications/sheets/findings-dictionary.csv")
    assert [row["column"] for row in meant] == list(rows[0])


def test_who_may_not_read_the_page_gets_no_sheet_of_it(app: Flask, world: Weighed) -> None:
    visitor, addresses = app.test_client(), [of(world, "pdf"), of(world, "csv")]
    assert [visitor.get(one).status_code for one in addresses] == [200, 200]
    assert visitor.get(of(world, "pdf").replace("/1.", "/2.")).status_code == 404
    world.series.visibility = "members"
    world.session.flush()
    assert [visitor.get(one).status_code for one in addresses] == [404, 404]
    member = sign_in(app.test_client(), world.member)
    assert [member.get(one).status_code for one in addresses] == [200, 200]
    world.thread.is_hidden = True
    world.session.flush()
    assert [member.get(one).status_code for one in addresses] == [404, 404]


def test_the_page_leads_to_its_sheet(app: Flask, world: Weighed) -> None:
    said = app.test_client().get(f"/findings/{world.thread.slug}").text
    assert f'href="{of(world, "pdf")}"' in said
    assert f'href="{of(world, "csv")}"' in said


def test_an_outcome_is_two_tagged_pages_and_a_table_of_every_position(
    app: Flask, session: Session
) -> None:
    scene = Briefed(session)
    make_position(session, scene.thread, revision={"claim": FORMULA}, state="hidden", number=6)
    make_position(session, scene.thread, revision={"claim": f"{FORMULA} too"}, number=7)
    address = f"/publications/sheets/outcome/{scene.thread.slug}"
    visitor = app.test_client()
    assert f'href="{address}.pdf"' in visitor.get(f"/threads/{scene.thread.slug}").text
    pdf = visitor.get(f"{address}.pdf")
    assert pages_of(pdf.data) in (1, 2)
    names, scopes = tags_of(pdf.data)
    assert names.count("/H1") == 1
    assert {"/Table", "/TH", "/Figure"} <= set(names)
    assert {"/Row", "/Column"} <= set(scopes)
    rows = rows_of(visitor, f"{address}.csv")
    assert [row["part"] for row in rows] == ["question", "outcome", *["position"] * 3]
    assert rows[1]["text"] == "A visit names its reason."
    assert rows[-1]["text"] == f"'{FORMULA} too"
    meant = rows_of(visitor, "/publications/sheets/outcome-dictionary.csv")
    assert [row["column"] for row in meant] == list(rows[0])
    scene.thread.stage = "making_sense"
    session.flush()
    assert visitor.get(f"{address}.pdf").status_code == 404
    assert visitor.get(f"{address}.csv").status_code == 404


def test_what_two_pages_do_not_hold_is_left_out_and_said(session: Session) -> None:
    table = Table(
        ("Statement", "Answered"), tuple(Line((f"{n} {'words ' * 30}", "9")) for n in range(400))
    )
    parts = (
        Part("Needed", table=table, is_needed=True),
        *(Part(f"More {n}", ("words " * 400,)) for n in range(8)),
    )
    sheet = Sheet("findings", "Q?", "en-GB", ("A " * 60,), "S", "https://example.org/a", "R",
                  (("Rated", "x"),), parts, False)  # fmt: skip
    assert pages_of(sheet_as_pdf(sheet)) == 2


def test_every_row_has_a_cell_for_every_column(session: Session, world: Weighed) -> None:
    table = found.found_table(session, None, world.thread.slug, 1, "")
    assert table
    assert {len(row) for row in table.rows} == {len(found.COLUMNS)}
    scene = Briefed(session)
    listed = concluded.outcome_table(session, None, scene.thread.slug, "")
    assert listed
    assert {len(row) for row in listed.rows} == {len(concluded.COLUMNS)}


def test_words_of_any_script_and_length_are_set_within_the_page(
    app: Flask, session: Session
) -> None:
    import pikepdf

    scene = Briefed(session)
    pictures = "\U0001f3f3\ufe0f\u200d\U0001f308" * 40
    for number, words in enumerate(("مرحبا " * 40, "w" * 280, pictures, "#eval[$x$]"), 50):
        make_position(session, scene.thread, revision={"claim": words}, number=number)
    answered = app.test_client().get(f"/publications/sheets/outcome/{scene.thread.slug}.pdf")
    assert answered.status_code == 200
    with pikepdf.open(BytesIO(answered.data)) as opened:
        assert 0 < len(opened.pages) <= 2
