"""Passwords: argon2id, slow where it counts, and judged as somebody who knows the person would."""

import pytest

from discussion.people.accounts.operations.passwords import (
    hash_password,
    is_easy_to_guess,
    is_outdated,
    is_password,
)
from tests.work import calls_of


def test_a_password_is_kept_as_argon2id_with_full_parameters() -> None:
    kept = hash_password("heron kettle orbit")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password("heron kettle orbit", kept)
    assert not is_password("heron kettle orbits", kept)


def test_a_hash_made_cheaply_is_made_anew() -> None:
    assert is_outdated(hash_password("heron kettle orbit", fast=True))
    assert not is_outdated(hash_password("heron kettle orbit"))


def test_nobody_is_let_in_without_a_hash() -> None:
    decoy = "what is compared when nobody has the address"

    assert not is_password(decoy, None, fast=True)
    assert not is_password("", None, fast=True)
    assert not is_password("", "", fast=True)
    assert not is_password("x", "not a hash", fast=True)


def test_the_way_a_keyboard_composes_letters_does_not_matter() -> None:
    kept = hash_password("un caf\u00e9 tr\u00e8s noir", fast=True)

    assert is_password("un cafe\u0301 tre\u0300s noir", kept, fast=True)


@pytest.mark.parametrize(
    "password", ["brandreth-ottoline", "OttolineBrandreth1", "example.org2026"]
)
def test_a_name_or_address_makes_a_password_easy(password: str) -> None:
    about = ("Ottoline Brandreth", "ottoline@example.org")

    assert is_easy_to_guess(password, about)


def test_a_very_long_password_is_judged_by_its_beginning() -> None:
    assert not is_easy_to_guess("heron kettle orbit marmalade " * 8, ("x" * 300, ""))
    assert is_easy_to_guess("a" * 256, ())


MOST_CALLS = 60_000  # of functions, in judging one password; a passphrase needs about 6,000
SYMBOLS = "@4({[<3691!|708$5+7%2"
WORST = {
    "symbols that stand for letters": SYMBOLS * 12,
    "the same, three dozen": (SYMBOLS * 4)[:36] * 7,
    "24 of them": (SYMBOLS * 2)[:24],
    "72 of them": (SYMBOLS * 4)[:72],
    "pairs of them": "".join(2 * symbol for symbol in SYMBOLS) * 6,
    "pieces that stand twice": "".join(f"{n}{SYMBOLS[:n]}{SYMBOLS[:n]}" for n in range(2, 21)),
    "digits": "6457523538985115267084297321970135797123934448438886923290197702" * 4,
    "days": "11/12/1987-1-1-91_3.4.2001" * 9,
    "words": "thelovepasswordmichael" * 11,
    "one letter": "a" * 256,
}


@pytest.mark.parametrize("password", WORST.values(), ids=WORST.keys())
def test_judging_a_password_is_work_with_a_bound(password: str) -> None:
    about = ("Ottoline Brandreth", "ottoline@example.org")

    assert calls_of(lambda: is_easy_to_guess(password, about)) < MOST_CALLS


def test_a_name_of_any_length_is_looked_for_in_its_beginning() -> None:
    about = (" ".join(f"word{n}" for n in range(30_000)), "x" * 200_000)

    assert calls_of(lambda: is_easy_to_guess("heron kettle orbit", about)) < MOST_CALLS


@pytest.mark.parametrize(
    "password",
    ["p@ssw0rdp@ssw0rd", "pa$$word12345", "Adm1n1strat0r!", "!l0vey0u!l0vey0u", "7r0u8l3some",
     "drowssapdrowssap", "qwertyuiop[]", "abcabcabcabcabc", "11/12/198711/12/1987"],
)  # fmt: skip
def test_disguised_turned_and_repeated_words_are_easy(password: str) -> None:
    assert is_easy_to_guess(password, ())


@pytest.mark.parametrize(
    "password",
    ["Ottoline Brandreth rides a purple heron over kettles", "kxqzwjvphtmb", SYMBOLS,
     "ключ к старому дому", "brandreth-marmalade-trombone-lantern", "漢字仮名交文読書百科"],
)  # fmt: skip
def test_long_and_strange_ones_are_not(password: str) -> None:
    assert not is_easy_to_guess(password, ("Ottoline Brandreth", "ottoline@example.org"))
