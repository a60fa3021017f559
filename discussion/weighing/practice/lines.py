"""Pasted lines of addresses with a role and a unit, as they come out of a spreadsheet."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from discussion.language import _
from discussion.text.addresses import folded_email, normal_email, split_addresses
from discussion.vocabulary import Vocabulary
from discussion.weighing.practice.words import LEADER, ROLES, STAFF

_CELLS = re.compile(r"[\t,;]")


@dataclass(frozen=True)
class Line:
    """One line that can be used; `unit` is a place in the list of units."""

    number: int
    email: str
    role: str
    unit: int


@dataclass(frozen=True)
class Wrong:
    """A line that cannot be used, and what is wrong with it."""

    number: int
    sentence: str


@dataclass(frozen=True)
class Asked:
    """What lines are read against."""

    units: Sequence[str]
    domains: Collection[str]
    vocabulary: Vocabulary


def read_lines(typed: str, asked: Asked) -> tuple[list[Line], list[Wrong]]:
    """Each line that says something, either as it was read or with what is wrong with it."""
    good: list[Line] = []
    bad: list[Wrong] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        read = _read(number, line, asked)
        if isinstance(read, Line):
            folded = folded_email(read.email)
            if folded in seen:
                first = seen[folded]
                read = Wrong(
                    number,
                    _(
                        "Line %(num)s has the same address as line %(first)s.",
                        num=number,
                        first=first,
                    ),
                )
            else:
                seen[folded] = number
        if isinstance(read, Line):
            good.append(read)
        else:
            bad.append(read)
    return good, bad


def _read(number: int, line: str, asked: Asked) -> Line | Wrong:
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    with_at = [cell for cell in cells if "@" in cell]
    said = with_at[0] if with_at else cells[0]
    found = split_addresses(said)
    email = normal_email(found[0]) if len(found) == 1 else ""
    if not email or len(with_at) > 1 or "." not in email.rpartition("@")[2]:
        return Wrong(
            number, _("Line %(num)s, “%(line)s”, is not a whole address.", num=number, line=said)
        )
    domain = email.rpartition("@")[2]
    if not is_of(domain, asked.domains):
        return Wrong(
            number,
            _(
                "Line %(num)s, “%(line)s”, is at no domain of your organisation: %(domains)s. An"
                " administrator can add one.",
                num=number,
                line=email,
                domains=", ".join(sorted(asked.domains)),
            ),
        )
    rest = [cell for cell in cells if cell not in with_at]
    role = next((role for cell in rest if (role := role_in(cell, asked.vocabulary))), "")
    if not role:
        return Wrong(
            number,
            _("Line %(num)s, “%(line)s”, does not say leader or staff.", num=number, line=email),
        )
    unit = next(
        (at for cell in rest if (at := unit_in(cell, asked.units)) is not None),
        0 if len(asked.units) == 1 else None,
    )
    if unit is None:
        return Wrong(
            number,
            _(
                "Line %(num)s, “%(line)s”, names no part of your organisation, or more than one:"
                " %(units)s.",
                num=number,
                line=email,
                units=", ".join(asked.units),
            ),
        )
    return Line(number, email, role, unit)


def is_of(domain: str, domains: Collection[str]) -> bool:
    """Whether it is one of these, or within one."""
    return any(domain == one or domain.endswith(f".{one}") for one in domains)


def role_in(said: str, vocabulary: Vocabulary) -> str:
    """leader or staff, said so or by what somebody does; empty where it says neither."""
    folded = said.casefold()
    named: Mapping[str, str] = {
        **{role: role for role in ROLES},
        **{str(words).casefold(): role for role, words in vocabulary.practice.roles.items()},
    }
    for spelling in (folded, folded.removesuffix("s")):
        if spelling in named:
            return named[spelling]
    for role in vocabulary.roles.values():
        if folded in (str(role.label).casefold(), str(role.many).casefold()):
            is_leading = role.family in vocabulary.practice.leading_families
            return LEADER if is_leading else STAFF
    return ""


def unit_in(said: str, units: Sequence[str]) -> int | None:
    """The unit of this name, or the only one whose name begins so; None where none is meant."""
    folded = said.casefold()
    exact = [at for at, name in enumerate(units) if name.casefold() == folded]
    begun = [at for at, name in enumerate(units) if _begins(name.casefold(), folded)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _begins(name: str, said: str) -> bool:
    """Whole words: "Low Mill" begins "Low Mill Primary", "Low M" does not."""
    return name.startswith(said) and name[len(said) : len(said) + 1] in ("", " ")


def domains_in(typed: str) -> Iterator[str]:
    """Domains between commas, spaces and line ends, with or without what stands before an @."""
    for one in re.split(r"[\s,;]+", typed.lower()):
        if domain := one.rpartition("@")[2].strip("."):
            yield domain
