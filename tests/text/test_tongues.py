"""The language of a text: as its writer says, else by its letters, and never a guess."""

from copy import deepcopy
from pickle import dumps, loads

import pytest

from discussion.text import Spoken, language_of, read_tag, typed_for
from discussion.text.tongues import LISTED


@pytest.mark.parametrize(
    ("said", "usual", "tag"),
    [
        ("Every pupil", ("en-GB",), "en-GB"),
        ("Dylai pob disgybl", ("cy", "en-GB"), "cy"),
        ("كل تلميذ", ("en-GB",), "und-Arab"),
        ("كل تلميذ", ("en-GB", "ar"), "ar"),
        ("每个学生都应有 Chromebook", ("en-GB",), "und-Hani"),
        ("每个学生", ("zh-Hant",), "zh-Hant"),
        ("ひらがなと漢字", ("en-GB",), "und-Jpan"),
        ("漢字", ("ja",), "ja"),
        ("모든 학생", ("ko",), "ko"),
        ("12 + 3", ("cy",), "cy"),
        ("", ("ar",), "ar"),
    ],
)
def test_letters_that_are_not_usual_are_said_to_be_these_letters(
    said: str, usual: tuple[str, ...], tag: str
) -> None:
    assert language_of(said, "", usual) == tag
    assert language_of(said, "Urdu", usual) == "ur"


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("cy", "cy"), ("Welsh", "cy"), (" cymraeg ", "cy"), ("اردو", "ur"), ("ZH-hant", "zh-Hant"),
     ("en_gb", "en-GB"), ("Bengali", "bn"), ("syl", "syl"), ("und-Arab", "und-Arab"), ("", ""),
     ("xx", None), ("en-GB-oed", None), ("<script>", None), ("English please", None)],
)  # fmt: skip
def test_a_language_is_read_by_its_tag_or_its_name(typed: str, tag: str | None) -> None:
    assert read_tag(typed) == tag


@pytest.mark.parametrize("tag", [*LISTED, "und-Arab", "zh-Hant-HK", "sr-Latn-RS"])
def test_what_a_field_holds_is_read_as_the_same_language_again(tag: str) -> None:
    assert read_tag(typed_for(tag, "每个学生", ("en-GB",))) == tag
    assert len(tag) <= 12


def test_a_copy_of_words_knows_their_language_too() -> None:
    said = Spoken("Bore da", "cy", "en-GB")
    for copied in (deepcopy(said), loads(dumps(said))):  # our own
        assert (copied, copied.language, copied.usual) == ("Bore da", "cy", "en-GB")
