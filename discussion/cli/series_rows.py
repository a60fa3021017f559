"""Which rows of the database are of one series: found by following its own keys, table by table.

A row is of the series where its table says so, or where the row that it belongs to is. People come
along whom a row names, with what they agreed to. What is of a machine, a browser or a moment, and
what is of the whole site, stays.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, column, inspect, or_, select, table, union

from discussion.cli.archive import PASSING
from discussion.cli.outline import Outline

Condition = ColumnElement[bool]
Rows = Select[Any]
Keys = Mapping[str, tuple[str, str]]  # column → the table and the column that it points at
# table → why it stays where it is
STAYS: Mapping[str, str] = {
    **dict.fromkeys(PASSING, "it is counted, or made, anew"),
    "audit_event": "the chain is of the whole site, and a part of it proves nothing",
    "attempt": "guesses at a door",
    "job": "work of this machine; what is due is found anew",
    "kept_key": "of work of this machine",
    "bounced": "letters that this site wrote",
    "refused_address": "addresses to which this site may not write",
    "address_change": "a link that was mailed",
    "batch": "a press that is over",
    "batch_item": "a press that is over",
    "claim": "who has something in hand just now",
    "data_copy": "a file of this machine",
    "duty_record": "the records of whoever runs the site",
    "invitation": "a link that was mailed",
    "follow": "how somebody wants to hear on this site",
    "kept_form": "a form that a browser waits for",
    "known_device": "of a browser",
    "mailed_link": "a link that was mailed",
    "notice": "what somebody was told, or is to be told, on this site",
    "notice_choice": "how somebody wants to hear on this site",
    "notice_hours": "how somebody wants to hear on this site",
    "notice_letter": "what somebody was told on this site",
    "practice_invitation": "a link that was mailed",
    "sent_form": "of a browser",
    "visit": "when somebody was here",
    "webhook": "an address that this site alone may write to",
    "webhook_telling": "what this site told there",
}
OF_PEOPLE = ("consent", "leaving")  # what comes along with a person
PERSON, SERIES, DRAFT = "person", "series", "kept_draft"
# What one site grants is not granted on another.
FORGOTTEN: Mapping[str, Mapping[str, Any]] = {PERSON: {"is_administrator": False}}
_DRAFTED = ("thread", "position", "response")  # what a kept draft can be about


def rows_of(
    connection: Connection, outlines: Iterable[Outline], series_id: int
) -> dict[str, Condition]:
    """Table → the condition that its rows meet, of every table that comes along."""
    seen = inspect(connection)
    owned: dict[str, Condition] = {SERIES: column("id") == series_id}
    people: list[Rows] = []
    for name in (one.name for one in outlines if one.name not in STAYS):
        keys = _keys(seen, name)
        if name not in (SERIES, PERSON, DRAFT, *OF_PEOPLE):
            said = _owner(seen, name, keys, owned, series_id)
            owned |= {name: said} if said is not None else {}
        if name in owned:
            people += [
                _of(name, own, owned[name]) for own, (to, _their) in keys.items() if to == PERSON
            ]
    about = union(*(_of(one, "public_id", owned[one]) for one in _DRAFTED))
    owned[DRAFT] = column("person_id").is_not(None) & column("subject_id").in_(about)
    named = union(*people, _of(DRAFT, "person_id", owned[DRAFT]))
    recorded = _of("consent", "recorded_by_id", column("person_id").in_(named))
    owned[PERSON] = column("id").in_(named) | column("id").in_(recorded)
    return owned | {name: column("person_id").in_(named) for name in OF_PEOPLE}


def _owner(
    seen: Any, name: str, keys: Keys, owned: Mapping[str, Condition], series_id: int
) -> Condition | None:
    """The condition by the row that each belongs to; None where none belongs to the series."""
    if keys.get("series_id") == (SERIES, "id"):
        return column("series_id") == series_id
    empty = {one["name"] for one in seen.get_columns(name) if one["nullable"]}
    known = {own: key for own, key in keys.items() if key[0] in owned and key[0] != name}
    sure = [own for own in known if own not in empty]
    told = [
        column(own).in_(_of(to, their, owned[to]))
        for own, (to, their) in ((own, known[own]) for own in sure[:1] or known)
    ]
    return or_(*told) if told else None


def _of(name: str, own: str, where: Condition) -> Rows:
    """A column of the rows of a table that meet a condition, where it holds something."""
    return select(column(own)).select_from(table(name)).where(column(own).is_not(None), where)


def _keys(seen: Any, name: str) -> Keys:
    """Column → the table and the column that it points at, in the order of the columns.

    Of a key of several columns the first is enough: it says whose the row is.
    """
    found = {
        key["constrained_columns"][0]: (key["referred_table"], key["referred_columns"][0])
        for key in seen.get_foreign_keys(name)
    }
    order = [one["name"] for one in seen.get_columns(name)]
    return {column: found[column] for column in order if column in found}
