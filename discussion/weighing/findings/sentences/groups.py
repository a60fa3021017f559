"""How groups of raters are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from discussion.language import _, _l
from discussion.vocabulary import Vocabulary
from discussion.vocabulary.shape import Role
from discussion.weighing.findings.computing.groups import (
    BOTH,
    EVERYBODY,
    INFERRED,
    LEANS,
    OTHERS,
    parts_of,
)


@dataclass(frozen=True)
class Labels:
    """What the keys of groups are called."""

    values: Mapping[str, str]  # slug of a value → its label
    vocabulary: Vocabulary

    def value(self, slug: str) -> str:
        """The label of a value; its slug where the snapshot has none."""
        return self.values.get(slug, slug)


_APART = {
    EVERYBODY: _l("everybody who rated"),
    BOTH: _l("both groups together"),
    OTHERS: _l("everybody else"),
}
_APART_AFTER_A_NUMBER = {
    EVERYBODY: _l("people"),
    BOTH: _l("people of both groups"),
    OTHERS: _l("others"),
}


def name_of(key: str, labels: Labels) -> str:
    """A group as it stands in a sentence: "midwives in towns"."""
    kind, _sep, rest = key.partition(":")
    if kind in _APART:
        return str(_APART[kind])
    if kind == INFERRED:
        return _("group %(number)s", number=rest)
    if kind == LEANS:
        code, _sep, side = rest.partition(":")
        return _lean(code, side)
    return _declared(parts_of(key), labels)


def counted_name_of(key: str, labels: Labels) -> str:
    """A group after a number: "midwives in towns", "others", "who agree with M1"."""
    kind, _sep, rest = key.partition(":")
    if kind in _APART_AFTER_A_NUMBER:
        return str(_APART_AFTER_A_NUMBER[kind])
    if kind == INFERRED:
        return _("in group %(number)s", number=rest)
    if kind == LEANS:
        code, _sep, side = rest.partition(":")
        if side == "agree":
            return _("who agree with %(code)s", code=code)
        return _("who disagree with %(code)s", code=code)
    parts = parts_of(key)
    if "level" in parts:
        level = labels.vocabulary.levels.get(parts["level"])
        return str(level.who_write) if level else parts["level"]
    if "value" in parts:
        value = labels.value(parts["value"])
        return _("who put %(value)s first", value=lowered(value))
    return _declared(parts, labels)


def title_of(key: str, labels: Labels) -> str:
    """The same as a sentence begins."""
    return capital(name_of(key, labels))


def capital(said: str) -> str:
    """As a sentence begins; empty stays empty."""
    return said[:1].upper() + said[1:]


def _lean(code: str, side: str) -> str:
    if side == "agree":
        return _("those who agree with %(code)s", code=code)
    return _("those who disagree with %(code)s", code=code)


def _declared(parts: Mapping[str, str], labels: Labels) -> str:
    if "level" in parts:
        level = labels.vocabulary.levels.get(parts["level"])
        return str(level.those_who_write) if level else parts["level"]
    if "value" in parts:
        value = labels.value(parts["value"])
        return _("those who put %(value)s first", value=lowered(value))
    known, phase = labels.vocabulary, parts.get("phase", "")
    if role := parts.get("role"):
        return _in_phase(_of_role(known.roles.get(role), bool(phase)) or role, phase, known)
    if family := parts.get("family"):
        found = known.families.get(family)
        return _in_phase(str(found.many) if found else family, phase, known)
    return str(known.phases[phase].alone) if phase in known.phases else phase


def _of_role(role: Role | None, has_phase: bool) -> str:
    if role is None:
        return ""
    return str((role.many_in_a_phase if has_phase else None) or role.many)


def _in_phase(who: str, phase: str, known: Vocabulary) -> str:
    return str(known.phases[phase].of_many) % {"who": who} if phase in known.phases else who


def lowered(label: str) -> str:
    """A label inside a sentence; what is written in capitals stays so."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
