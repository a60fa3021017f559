"""Names that cannot be seen, and names that are spelt to pass for another's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.text import is_disguised, is_unseen, skeleton

PLAIN = [
    *("👩‍🏫 Teacher", "Zoë Müller, PhD", "O'Brien & Sons", "Иванова", "M. O’Neill", "Jean-Luc"),
    *("李明", "山田太郎", "サイトウ", "김철수", "陈大文 Chen", "Kim 한글"),
    *("Anna 李", "Анна (Anna)"),
    *("Сара", "Вера Иванова", "А. С. Пушкин", "Анна-Мария", "Καλλιόπη Παπά", "Σωκράτης", "Ξ"),
    *("Mª José", "Işıl Yıldız", "Kɔfi Yɛboah", "Nguyễn Thị Ánh", "Łukasz Đorđe", "Þór Ærø"),
    *("علی‌رضا", "مريم", "מרים", "मोहन शर्मा", "क्‍ष", "กำพล", "Kaʻiulani"),
    *("Teach First™", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Jo", "🇬🇧🇫🇷 Jo", "1️⃣ Jo", "❤️ Jo", "KS1 lead", "R2D2", "Charles III"),
]  # fmt: skip
UNSEEN = ["", "\u3164\u3164", "\u2800", "\u115f \u1160", "\u200b", "\uffa0", "...", "👩‍🏫", "—"]
DISGUISED = [
    *("As\u200bha Patel", "Asha\u00ad Patel", "Asha\u2060", "Jo\u3164", "Asha\u200c Patel"),
    *("\ufeffAsha\u200e", "Asha\ufe0f", "Asha\U000e0041", "Asha \ue000", "Jo\u034f"),
    *("Ash\u0430 Patel", "Asha \u0420atel", "Аsha", "Α\u200asha Patel", "Αѕha", "Ꭺsha Patel"),
    *("Аѕһа", "Соре Сох", "Сара Smith", "\u0410\u0301sha"),
    *("Ａｓｈａ Patel", "𝐀𝐬𝐡𝐚 Patel", "ᴀꜱʜᴀ", "ɑsha", "ﬁona", "Asha Ⅰ", "ⓂAsha", "🄰sha", "🅰sha"),
    *("🇲🇴🇩🇪🇷🇦🇹🇴🇷", "ﻣﺮﻳﻢ", "A\u0301\u0301\u0301\u0301\u0301sha"),
]  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_plain_names_of_many_scripts_are_neither(name: str) -> None:
    assert not is_unseen(name)
    assert not is_disguised(name)


@pytest.mark.parametrize("name", UNSEEN)
def test_what_shows_no_letter_is_unseen(name: str) -> None:
    assert is_unseen(name)


@pytest.mark.parametrize("name", DISGUISED, ids=ascii)
def test_what_hides_something_or_passes_for_other_letters_is_disguised(name: str) -> None:
    assert is_disguised(name)


@pytest.mark.parametrize(
    "name",
    ["M0derat0r", "MODERATOR", "M-o-d-e-r-a-t-o-r", "Modérator", "Moder\u0430tor", "Ⓜoderator"],
)
def test_a_skeleton_is_what_a_reader_takes_a_name_for(name: str) -> None:
    assert skeleton(name) == "moderator"


PIECES = st.sampled_from(
    [*"aAа1 .'-", "👩", "\u200d", "\ufe0f", "\u0301", "\u3164", "🇬", "李", "\ud800"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join), st.just("a\u0301" * 9_000)))
@settings(deadline=None)
def test_any_text_can_be_judged(name: str) -> None:
    assert is_unseen(name) in (True, False)
    assert is_disguised(name) in (True, False)
    assert skeleton(name) == skeleton(name).casefold()
