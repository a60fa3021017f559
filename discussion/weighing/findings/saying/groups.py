"""How groups of raters are called."""

from collections.abc import Mapping

from discussion.language import _, _l
from discussion.weighing.findings.computing.groups import (
    BOTH,
    EVERYBODY,
    INFERRED,
    LEANS,
    OTHERS,
    parts_of,
)
from discussion.weighing.findings.words import (
    FAMILIES_OF_MANY,
    LEVELS_AFTER_A_NUMBER,
    LEVELS_OF_MANY,
    PHASES_ALONE,
    PHASES_OF_MANY,
    ROLES_IN_A_PHASE,
    ROLES_OF_MANY,
)

Labels = Mapping[str, str]  # slug of a value → its label

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
    """A group as it stands in a sentence: "sixth-form teachers"."""
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
    """A group after a number: "sixth-form teachers", "others", "who agree with M1"."""
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
        return str(LEVELS_AFTER_A_NUMBER.get(parts["level"], parts["level"]))
    if "value" in parts:
        value = labels.get(parts["value"], parts["value"])
        return _("who put %(value)s first", value=lowered(value))
    return _declared(parts, labels)


def title_of(key: str, labels: Labels) -> str:
    """The same as a sentence begins."""
    return capital(name_of(key, labels))


def capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _lean(code: str, side: str) -> str:
    if side == "agree":
        return _("those who agree with %(code)s", code=code)
    return _("those who disagree with %(code)s", code=code)


def _declared(parts: Mapping[str, str], labels: Labels) -> str:
    if "level" in parts:
        return str(LEVELS_OF_MANY.get(parts["level"], parts["level"]))
    if "value" in parts:
        value = labels.get(parts["value"], parts["value"])
        return _("those who put %(value)s first", value=lowered(value))
    phase = parts.get("phase", "")
    if role := parts.get("role"):
        who = ROLES_IN_A_PHASE.get(role) if phase else None
        return _in_phase(str(who or ROLES_OF_MANY.get(role, role)), phase)
    if family := parts.get("family"):
        return _in_phase(str(FAMILIES_OF_MANY.get(family, family)), phase)
    return str(PHASES_ALONE.get(phase, phase))


def _in_phase(who: str, phase: str) -> str:
    return str(PHASES_OF_MANY[phase]) % {"who": who} if phase in PHASES_OF_MANY else who


def lowered(label: str) -> str:
    """A label inside a sentence; what is written in capitals stays so."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
