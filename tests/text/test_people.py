"""Signs that a text may point to somebody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.text import KINDS, Notice, identifying

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
    ("school", "When Ashgrove Academy opened", "Ashgrove Academy"),
    ("school", "At St Mary's Primary School we", "St Mary's Primary School"),
    ("school", "At St. Mary’s C of E Primary School", "St. Mary’s C of E Primary School"),
    ("school", "Leeds West High School is", "Leeds West High School"),
    ("school", "Our Lady of Lourdes Infants", "Our Lady of Lourdes Infants"),
    ("school", "King Edward VI College", "King Edward VI College"),
    ("school", "Hall & Wood Nursery", "Hall & Wood Nursery"),
    ("pupil", "This is my pupil Adam, who", "pupil Adam"),
    ("pupil", "A pupil called Zoë Ng wrote", "pupil called Zoë Ng"),
    ("pupil", "Two pupils named Ömer and", "pupils named Ömer"),
    ("pupil", "a Year 7 student, and my colleague José", "colleague José"),
    ("pupil", "a child called 李明", "child called 李明"),
]


@pytest.mark.parametrize(("kind", "text", "found"), FOUND)
def test_a_sign_of_a_person_is_noticed(kind: str, text: str, found: str) -> None:
    assert [(notice.kind, notice.found) for notice in identifying(text)] == [(kind, found)]


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
    ],
)
def test_public_bodies_titles_and_plain_words_are_left_alone(text: str) -> None:
    assert identifying(text) == []


def test_notices_come_in_the_order_of_the_text_and_once_each() -> None:
    text = "Mr Khan left Ashgrove Academy. MR KHAN wrote from a@b.example. Mr Khan again."
    assert identifying(text) == [
        Notice("titled-name", "Mr Khan"),
        Notice("school", "Ashgrove Academy"),
        Notice("email", "a@b.example"),
    ]


PIECES = st.sampled_from(
    [
        *("Mr", "Dr", "Miss", "St", "Academy", "School", "Primary", "of", "the", "Adam", "O'Neill"),
        *(
            "pupil",
            "called",
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
    for notice in identifying(text):
        assert notice.kind in KINDS
        assert notice.found
