"""What was sent, read without knowing its form: what may be kept, and how it is shown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from discussion import clock
from discussion.kept.operations import claim_form
from discussion.kept.queries import find_kept
from discussion.kept.words import COOKIE, OPENED, OUR_OWN
from discussion.language import _
from discussion.permissions.facts import Viewer
from discussion.web.forms import SiteForm, is_secret
from discussion.web.versions import Values, unpacked

HELPERS = ("_mine-", "_both-", "_keep-")  # of the page that compares two texts
MINE, THEIRS, BOTH = "mine", "theirs", "both"
SIDES = (MINE, THEIRS, BOTH)
ASIDE = "aside"  # mine to go on with, and theirs kept whole as an earlier draft
ASKED = "kept"  # in an address: which kept form is to stand there again


@dataclass(frozen=True)
class Line:
    """One field as it is shown: its label, and what was typed or chosen."""

    label: str
    text: str


def sent_fields(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Everything that was sent and may be kept: neither secrets nor what we put there."""
    return {name: values for name, values in form.lists() if not is_unsaid(name)}


def is_unsaid(name: str) -> bool:
    """Whether it is a secret, or what we put there ourselves."""
    return name in OUR_OWN or "token" in name.lower() or is_secret(name)


def shown(fields: dict[str, list[str]]) -> list[Line]:
    """What was typed, in words; what was chosen is no more than slugs, and is not shown."""
    labels = labels_of(fields)
    return [
        Line(labels.get(name) or _from_name(name), value)
        for name, values in fields.items()
        if name != OPENED
        for value in values
        if is_words(value)
    ]


def is_words(value: str) -> bool:
    """Whether a value is more than a slug, a number or a tick."""
    return len(value) > 60 or any(not (one.isalnum() or one in "-_.:") for one in value.strip())


def labels_of(names: Iterable[str]) -> dict[str, str]:
    """The labels of these fields in the form of the site that has most of them."""
    wanted = set(names)
    best: dict[str, str] = {}
    for labels in _all_labels():
        for prefix in {"", *_prefixes(wanted)}:
            found = {prefix + name: label for name, label in labels if prefix + name in wanted}
            if len(found) > len(best):
                best = {name: str(label) for name, label in found.items()}
    return best


def _prefixes(names: set[str]) -> Iterator[str]:
    yield from (name.partition("-")[0] + "-" for name in names if "-" in name)


@cache
def _all_labels() -> tuple[tuple[tuple[str, object], ...], ...]:
    """Of every form of the site: (name, label) of each field."""
    return tuple(dict.fromkeys(_labels(form) for form in _forms(SiteForm)))


def _forms(above: type[SiteForm]) -> Iterator[type[SiteForm]]:
    for form in above.__subclasses__():
        yield form
        yield from _forms(form)


def _labels(form: type[SiteForm]) -> tuple[tuple[str, object], ...]:
    unbound = ((name, getattr(form, name)) for name in dir(form) if not name.startswith("_"))
    return tuple(
        (each.kwargs.get("name") or name, label)
        for name, each in unbound
        if hasattr(each, "field_class")
        and (label := each.kwargs.get("label") or (each.args[0] if each.args else ""))
    )


def _from_name(name: str) -> str:
    words = name.rpartition("-")[2].replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words and not words.isdigit() else _("Text")


def settled(fields: Values) -> Values:
    """What was sent, with what was chosen on the page that compares in place of its choices."""
    if not any(name.startswith(HELPERS) for name in fields):
        return fields
    theirs = unpacked(next(iter(fields.get(OPENED, [])), ""))
    for_all = next(iter(fields.get("keep", [])), "")
    made = {
        name: each
        for name, each in fields.items()
        if not name.startswith(HELPERS) and name != "keep"
    }
    for name in [one.removeprefix("_mine-") for one in fields if one.startswith("_mine-")]:
        chosen = next(iter(fields.get(f"_keep-{name}", [])), MINE)
        chosen = {ASIDE: MINE}.get(for_all, for_all if for_all in SIDES else chosen)
        sides = {
            MINE: fields[f"_mine-{name}"],
            THEIRS: (theirs.values if theirs else {}).get(name, []),
            BOTH: fields.get(f"_both-{name}", fields[f"_mine-{name}"]),
        }
        made[name] = [value for value in sides.get(chosen, sides[MINE]) if value]
    return made


def browser_token(cookies: Mapping[str, str]) -> str:
    """By which this browser finds what was kept in it; empty where nothing was."""
    return cookies.get(COOKIE, "")[:100]


def claim_at_sign_in(
    opened: Session, actor: Viewer, form: Mapping[str, str], cookies: Mapping[str, str]
) -> None:
    """Who signs in where the page shows what is kept takes it on, unless it is another's."""
    for typed in (form.get(ASKED, ""), _asked_in(form.get("next", ""))):
        row = find_kept(opened, typed, now=clock.now()) if typed else None
        if row is not None:
            claim_form(opened, actor, row, browser_token(cookies))


def _asked_in(address: str) -> str:
    return next(iter(parse_qs(urlsplit(address).query).get(ASKED, [])), "")
