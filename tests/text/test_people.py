"""Signs that a text may point to somebody."""

import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discussion
from discussion.text import KINDS, Notice, identifying
from discussion.vocabulary.education import EDUCATION

FOUND = [
    ("email", "Write to jo.bloggs@ashgrove.sch.uk today", "jo.bloggs@ashgrove.sch.uk"),
    ("email", "Schreib an jörg@schule.example", "jörg@schule.example"),
    ("phone", "Ring 07700 900123.", "07700 900123"),
    ("phone", "Ring +44 (0)20 7946 0958", "+44 (0)20 7946 0958"),
    ("phone", "Ring (01632) 960 001", "(01632) 960 001"),
    ("phone", "Ring 0800-555-111", "0800-555-111"),
    ("postcode", "We are in SW1A 1AA.", "SW1A 1AA"),
    ("postcode", "we are in ls6 3hn", "ls6 3hn"),
    ("handle", "follow @ash_grove on", "@ash_grove"),
    ("handle", "follow @jo.bsky.social", "@jo.bsky.social"),
    ("titled-name", "Then Mr Khan said", "Mr Khan"),
    ("titled-name", "Then mrs. O’Neill said", "mrs. O’Neill"),
    ("titled-name", "Ask Dr Ludwig van der Berg", "Dr Ludwig van der Berg"),
    ("titled-name", "Ask **Ms** *Łukasz-Brown*", "Ms Łukasz-Brown"),
    ("titled-name", "Ask Miss Trunchbull. Yes", "Miss Trunchbull"),
    ("titled-name", "Ask Mr मोहन शर्मा", "Mr मोहन शर्मा"),
    ("titled-name", "MR KHAN", "MR KHAN"),
    ("workplace", "When Ashgrove Academy opened", "Ashgrove Academy"),
    ("workplace", "At St Mary's Primary School we", "St Mary's Primary School"),
    ("workplace", "At St. Mary’s C of E Primary School", "St. Mary’s C of E Primary School"),
    ("workplace", "Leeds West High School is", "Leeds West High School"),
    ("workplace", "Our Lady of Lourdes Infants", "Our Lady of Lourdes Infants"),
    ("workplace", "King Edward VI College", "King Edward VI College"),
    ("workplace", "Hall & Wood Nursery", "Hall & Wood Nursery"),
    ("person", "This is my pupil Adam, who", "pupil Adam"),
    ("person", "A pupil called Zoë Ng wrote", "pupil called Zoë Ng"),
    ("person", "Two pupils named Ömer and", "pupils named Ömer"),
    ("person", "a Year 7 student, and my colleague José", "colleague José"),
    ("person", "a child called 李明", "child called 李明"),
    ("person", "The patient Hugh Castleton said", "patient Hugh Castleton"),
    ("person", "the tenant Hugh Castleton.", "tenant Hugh Castleton"),
    ("person", "our resident **Hugh Castleton**", "resident Hugh Castleton"),
    ("person", "the nurse Hugh Castleton", "nurse Hugh Castleton"),
    ("person", "my social worker Oluwaseun Adé rang", "worker Oluwaseun Adé"),
    ("person", "a housing officer, and the inmate Hugh", "inmate Hugh"),
    ("person", "Patient Hugh Castleton waited.", "Patient Hugh Castleton"),
    ("person", "It ended. Tenant Ada Byron left", "Tenant Ada Byron"),
    ("person", "two tenants called Hugh and Ada", "tenants called Hugh"),
    ("titled-name", "then Nurse Castleton came", "Nurse Castleton"),
    ("titled-name", "and Cllr. Castleton voted", "Cllr. Castleton"),
    ("number", "Under 943 476 5919 it says", "943 476 5919"),
    ("number", "under 9434765919.", "9434765919"),
    ("number", "His number, AB 12 34 56 C, is", "AB 12 34 56 C"),
    ("number", "his number ab123456c is", "ab123456c"),
    ("number", "the pupil is H801200001001", "H801200001001"),
    ("number", "NHS number: 943 476 5918", "NHS number: 943 476 5918"),
    ("number", "patient no. X-12345 waits", "patient no. X-12345"),
    ("number", "Case ref: 2024/0117 is", "Case ref: 2024/0117"),
    ("number", "a girl, born on 4 March 2012, who", "born on 4 March 2012"),
    ("number", "DOB: 04/03/12", "DOB: 04/03/12"),
    ("place", "at Northmoor General Hospital", "Northmoor General Hospital"),
    ("place", "in Oakfield Care Home since", "Oakfield Care Home"),
    ("place", "St Brendan’s Hospice is", "St Brendan’s Hospice"),
    ("place", "at Riverside Medical Practice", "Riverside Medical Practice"),
    ("place", "the Oak Street Surgery", "Oak Street Surgery"),
    ("place", "in Nightingale Ward there", "Nightingale Ward"),
    ("place", "of Ash Grove Children’s Home", "Ash Grove Children’s Home"),
    ("place", "the Northmoor Housing Association", "Northmoor Housing Association"),
    ("place", "on the Northmoor Estate", "Northmoor Estate"),
    ("place", "at Northmoor Walk-in Centre", "Northmoor Walk-in Centre"),
    ("place", "the Northmoor Infirmary", "Northmoor Infirmary"),
]


@pytest.mark.parametrize(("kind", "text", "found"), FOUND)
def test_a_sign_of_a_person_is_noticed(kind: str, text: str, found: str) -> None:
    assert [(notice.kind, notice.found) for notice in identifying(text, EDUCATION.signs)] == [
        (kind, found)
    ]


def test_the_demonstration_is_asked_about_in_one_text_of_twenty_at_most() -> None:
    texts = list(chain.from_iterable(map(_texts_of, DEMONSTRATION.rglob("*.toml"))))
    asked = [text for text in texts if identifying(text, EDUCATION.signs)]
    assert len(texts) > 200
    assert len(asked) <= len(texts) / 20, [identifying(text, EDUCATION.signs) for text in asked]


DEMONSTRATION = Path(discussion.__file__).parent / "demonstration"
WRITTEN = ("claim", "text", "abstract", "description", "question", "title", "context", "summary")


def _texts_of(file: Path) -> Iterator[str]:
    """Each position, response, statement, source and thread, with all that is written in it."""
    waiting: list[Any] = [tomllib.loads(file.read_text("utf-8"))]
    while waiting:
        one = waiting.pop()
        inner = list(one.values()) if isinstance(one, dict) else list(one)
        waiting += [each for each in inner if isinstance(each, dict | list)]
        if isinstance(one, dict) and any(field in one for field in WRITTEN):
            yield "\n\n".join(each for each in _strings(one) if " " in each)


def _strings(one: Any) -> Iterator[str]:
    if isinstance(one, str):
        yield one
    elif isinstance(one, dict | list):
        for each in one.values() if isinstance(one, dict) else one:
            # What is nested and written by somebody else is a text of its own.
            if not isinstance(each, dict) or not any(field in each for field in WRITTEN):
                yield from _strings(each)


def test_every_kind_is_tried_here() -> None:
    assert {kind for kind, _, _ in FOUND} == set(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Education Endowment Foundation and Oak National Academy report to nobody.",
        "The Department for Education, King’s College London and the Chartered College of Teaching",
        "Royal College of Paediatrics; Teachers College; the British Academy; Research School",
        "The Blavatnik School of Government and the London School of Economics",
        "The Effects of School Spending on Educational Outcomes: Evidence from School Finance",
        "Timpson Review of School Exclusion",
        "Beyond School. Extended School day. Every Primary School and Secondary School.",
        "Academy Trust Handbook; a Multi Academy Trust; Sixth Form College; Special School",
        "Our School is small. The High School is large. In School we trust.",
        "Philosophy for Children: Evaluation Report and Executive Summary",
        "Equity and Quality in Education: Supporting Disadvantaged Students and Schools",
        "Measuring the Impacts of Teachers II: Teacher Value-Added and Student Outcomes",
        "Donnelly, M., Lazetic, P. & Whewall, S. (2019)",
        "pupil Premium, pupil SEND, student Union, every child Monday to Friday",
        "They teach pupils English and students Maths.",
        "a pupil called upon to read",
        "Yes Sir. Then Miss said no. They should not Miss School.",
        "doi:10.1007/s10964-007-9207-1, 36(7) 849-860, 0.123456789012, 01-02-2023 10:30",
        "In 2019-20 45% v 26%; ISBN 978-0-14-103614-4; 0 1 2 3 4 5 6 7 8",
        "KS2 2nd, Year 7 1st, p1 2nd, GCSE 9 to 1, A1 paper",
        "an e-mail @ noon, 3 @ 4, a@b",
        "ISBN 4 431 55000 2; 943 476 5918; 9434765918; 4444444444; 10.1007/943-476-5919",
        "QQ 12 34 56 C; BG 12 34 56 A; AB 12 34 56; table AB 12 34 56 E; J801200001001",
        "staff 2019-20, student 2023, case 12, NHS number 12, born in 1992, a number of 12,345",
        "Patient Safety Review. Parent Teacher Association. Student Loans Company. Tenant Voice",
        "Nurse Practitioner. Patient Hugh. patient SAFETY, nurse in May, resident of Leeds",
        "the General Hospital, a Care Home, Best Practice, a Housing Association, Plastic Surgery",
        "Royal College of Nursing; Real Estate; the Medical Practice; a Health Centre; Law Clinic",
        "We spoke to every child\n\nSome answered. He wrote to Mr\n \nKhan",
        "work at home, Home and School, Code of Practice, Centre for Ageing, Children’s Centre",
    ],
)
def test_public_bodies_titles_and_plain_words_are_left_alone(text: str) -> None:
    assert identifying(text, EDUCATION.signs) == []


def test_notices_come_in_the_order_of_the_text_and_once_each() -> None:
    text = "Mr Khan left Ashgrove Academy. MR KHAN wrote from a@b.example. Mr Khan again."
    assert identifying(text, EDUCATION.signs) == [
        Notice("titled-name", "Mr Khan"),
        Notice("workplace", "Ashgrove Academy"),
        Notice("email", "a@b.example"),
    ]


PIECES = st.sampled_from(
    [
        *("Mr", "Dr", "Miss", "St", "Academy", "School", "Primary", "of", "the", "Adam", "O'Neill"),
        *(
            "pupil",
            "called",
            "patient",
            "Care",
            "Home",
            "NHS number",
            "943 476 5919",
            "born on 1/",
            "@",
            "a@b",
            ".uk",
            "0",
            "07700",
            "+44",
            "SW1A",
            "1AA",
            "Our",
            "Éa",
            "好",
        ),
        *(" ", ".", "&", "-", "'", "*", "_", "\n", "(", "\u0301", "İ", "\ud800"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
@settings(deadline=None)
def test_any_text_can_be_searched_and_what_is_found_has_a_kind(text: str) -> None:
    found = identifying(text, EDUCATION.signs)
    assert {notice.kind for notice in found} <= {*KINDS}
    assert all(notice.found for notice in found)
