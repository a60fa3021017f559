"""Passwords: argon2id, slow where it counts, and judged as somebody who knows the person would."""

import pytest

from discussion.accounts.operations.passwords import (
    hash_password,
    is_easy_to_guess,
    is_outdated,
    is_password,
)


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
