"""A series as one TOML file: read with everything wrong in it at once, and written back the same.

The file has a table `series` (with its `rules`), perhaps tables `thresholds` and `targets` (how
soon moderators mean to decide: `report = "2 working days"`), and lists of `reasons`, `scales`,
`themes` and `values`. Slugs tell what is meant: what is there already is changed, what is new is
added, what is no longer listed is retired. A list that is left out of the file altogether is left
alone; a new series then has the sixteen values and the two scales.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import tomli_w
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from discussion.decisions.targets import HOURS, Target, is_possible, read, target_of, written
from discussion.decisions.words import TARGETS
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.problems import Refused
from discussion.series.series.drafts import FileDraft, SeriesDraft
from discussion.series.series.forms import (
    ConvenersForm,
    NewSeriesForm,
    ReasonForm,
    RulesForm,
    ScaleForm,
    ThemeForm,
    ValueForm,
)
from discussion.series.series.lines import Path, line_of, lines_of
from discussion.series.series.models import Series
from discussion.series.series.operations.loading import load_draft
from discussion.series.series.words import DEFAULT_THRESHOLDS, RETIRED_THRESHOLDS, thresholds_of
from discussion.series.values.models import Value
from discussion.series.values.words import MAX_VALUES, MIN_VALUES

FORMS: Mapping[str, type[ConvenersForm]] = {
    "reasons": ReasonForm,
    "scales": ScaleForm,
    "themes": ThemeForm,
    "values": ValueForm,
}
KINDS: Mapping[str, type] = {
    "starts_on": date,
    "ends_on": date,
    "min_group": int,
    "domains": list,
    "steps": list,
}
EARLIER = "decides_within_hours"  # what files said before they had targets
_WHERE = re.compile(r" ?\(?at (?:line (\d+), column \d+|end of document)\)?")


class SeriesFileError(Exception):
    """The file cannot be loaded; each problem is a sentence with its line."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def load_series(session: Session, actor: Person, text: str, now: datetime) -> Series:
    """Make or change the series that the file describes; raises SeriesFileError and Forbidden.

    Loading the same file again changes nothing but what somebody changed in between.
    """
    draft = read_series(text)
    try:
        return load_draft(session, viewer_of(session, actor, now), draft, now=now)
    except Refused as refused:
        raise SeriesFileError([f"line 1: {one}" for one in refused.sentences]) from refused


def read_series(text: str) -> FileDraft:
    """The file as a draft, or SeriesFileError with everything that is wrong."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SeriesFileError([_syntax(error, text)]) from error
    except RecursionError as error:
        words = _("lists in lists go deeper than any series does")
        raise SeriesFileError([f"line 1: {words}"]) from error
    return _Reader(given, lines_of(text)).read()


def dump_series(session: Session, series: Series) -> str:
    """The series as such a file: all that is not retired, in order."""
    values = session.scalars(
        select(Value)
        .where(Value.series_id == series.id)
        .where(Value.retired_at.is_(None))
        .order_by(Value.order, Value.id)
    ).all()
    session.expire(series, ["reasons", "themes", "scales"])
    own = {name: getattr(series, name) for name in ("slug", *SeriesDraft.__dataclass_fields__)}
    listed: dict[str, Sequence[Any]] = {
        "reasons": series.reasons,
        "scales": series.scales,
        "themes": series.themes,
        "values": values,
    }
    data: dict[str, Any] = {
        "series": _without_nothing(own | {"rules": series.rules}),
        "thresholds": thresholds_of(series.thresholds or {}),
        "targets": {name: written(target_of(series, name)) for name in TARGETS},
    }
    for name, rows in listed.items():
        fields = [field for field in FORMS[name]()._fields if field != "slug"]
        data[name] = [
            {"slug": row.slug} | {field: getattr(row, field) for field in fields}
            for row in sorted(rows, key=lambda row: (row.order, row.id))
            if row.retired_at is None
        ]
    return tomli_w.dumps({key: part for key, part in data.items() if part}, multiline_strings=True)


class _Reader:
    """Reads one file and gathers what is wrong in it."""

    def __init__(self, given: dict[str, Any], lines: Mapping[Path, int]) -> None:
        self.given = given
        self.lines = lines
        self.problems: list[tuple[int, str]] = []

    def read(self) -> FileDraft:
        for key in self.given:
            if key not in ("series", "thresholds", "targets", *FORMS):
                self.wrong((key,), _("is not known here"))
        form, rules = self._series()
        thresholds = self._thresholds()
        targets = self._targets()
        lists = {name: self._list(name) for name in FORMS if name in self.given}
        if self.problems:
            raise SeriesFileError([words for _line, words in sorted(self.problems)])
        return FileDraft(
            slug=form.said("slug"),
            series=form.draft(),  # type: ignore[attr-defined]
            rules=rules,
            thresholds=thresholds,
            targets=targets,
            **{name: tuple(row.draft() for row in rows) for name, rows in lists.items()},
        )

    def wrong(self, path: Path, words: str) -> None:
        """Note what is wrong at a path, with its line."""
        line = line_of(self.lines, path)
        if words.startswith("This "):
            said = f"{_in_words(path)} {words.removeprefix('This ').rstrip('.')}"
        elif words[:1].islower():
            said = f"{_in_words(path)} {words}"
        else:
            said = f"{_in_words(path)}: {words.rstrip('.')}"
        self.problems.append((line, f"line {line}: {said}"))

    def _series(self) -> tuple[ConvenersForm, str]:
        table = self.given.get("series")
        if not isinstance(table, dict):
            self.wrong((), _("needs a table [series]"))
            return NewSeriesForm(), ""
        elsewhere = ("rules", EARLIER)
        text = {key: value for key, value in table.items() if key not in elsewhere}
        form = self._form(NewSeriesForm, text, ("series",))
        if not table.get("rules"):
            return form, ""  # a draft may still be without
        rules = self._form(RulesForm, {"rules": table["rules"]}, ("series",))
        return form, rules.said("rules")

    def _thresholds(self) -> dict[str, float]:
        table = self.given.get("thresholds", {})
        if not isinstance(table, dict):
            self.wrong(("thresholds",), _("must be a table"))
            return {}
        for key, value in table.items():
            if key in RETIRED_THRESHOLDS:
                continue
            if key not in DEFAULT_THRESHOLDS:
                self.wrong(("thresholds", key), _("is not known here"))
            elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
                self.wrong(("thresholds", key), _("must be a number between 0 and 1"))
        return thresholds_of(table)

    def _targets(self) -> dict[str, Target] | None:
        """How soon moderators mean to decide; None where the file says nothing of it."""
        table = self.given.get("targets", {})
        if not isinstance(table, dict):
            self.wrong(("targets",), _("must be a table"))
            return None
        said: dict[str, Target] = {}
        for name, words in table.items():
            target = read(words) if isinstance(words, str) else None
            if name not in TARGETS:
                self.wrong(("targets", name), _("is not known here"))
            elif target is None:
                self.wrong(("targets", name), _("must be such as “24 hours” or “2 working days”"))
            elif not is_possible(name, target):
                self.wrong(("targets", name), _("is out of its bounds"))
            else:
                said[name] = target
        return self._earlier() | said or None

    def _earlier(self) -> dict[str, Target]:
        """A file from before there were targets has one number of hours, for contributions."""
        table = self.given.get("series")
        hours = table.get(EARLIER) if isinstance(table, dict) else None
        if hours is None:
            return {}
        if isinstance(hours, int) and is_possible("contribution", Target(hours, HOURS)):
            return {"contribution": Target(hours, HOURS)}
        self.wrong(("series", EARLIER), _("must be a whole number from 1 to 720"))
        return {}

    def _list(self, name: str) -> list[Any]:
        rows = self.given[name]
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.wrong((name,), _("must be a list of tables: [[%(name)s]]", name=name))
            return []
        seen: set[str] = set()
        for at, row in enumerate(rows):
            slug = row.get("slug")
            if not slug:
                self.wrong((name, at, "slug"), _("is missing"))
            elif slug in seen:
                self.wrong((name, at, "slug"), _("is used twice"))
            seen.add(str(slug))
        if name == "values" and not MIN_VALUES <= len(rows) <= MAX_VALUES:
            self.wrong(
                (name,),
                _(
                    "must be between %(least)s and %(most)s values; there are %(n)s",
                    least=MIN_VALUES,
                    most=MAX_VALUES,
                    n=len(rows),
                ),
            )
        return [self._form(FORMS[name], row, (name, at)) for at, row in enumerate(rows)]

    def _form(
        self, kind: type[ConvenersForm], table: Mapping[str, Any], where: Path
    ) -> ConvenersForm:
        """The table through the form that the browser uses, so that the same rules hold."""
        known = kind()._fields
        typed = {}
        for key, value in table.items():
            if key not in known:
                self.wrong((*where, key), _("is not known here"))
            elif self._has_kind(key, value, where):
                typed[key] = "\n".join(value) if isinstance(value, list) else str(value)
        form = kind(formdata=MultiDict(typed))
        form.validate()
        for name, field in form._fields.items():
            is_ill_typed = name in table and name not in typed
            is_said = name == "slug" and where[0] in FORMS and not table.get("slug")
            if field.errors and not is_ill_typed and not is_said:
                words = str(field.errors[0]) if name in table else _("is missing")
                self.wrong((*where, name), words)
        return form

    def _has_kind(self, key: str, value: Any, where: Path) -> bool:
        wanted = KINDS.get(key, str)
        # A moment is a date to Python, and true is a whole number: neither is meant here.
        fits = isinstance(value, wanted) and not isinstance(value, datetime | bool)
        if fits and wanted is list:
            fits = all(isinstance(one, str) and "\n" not in one for one in value)
        if not fits:
            words = {
                str: _("must be text in quotation marks"),
                date: _("must be a date such as 2026-11-23, without quotation marks"),
                int: _("must be a whole number"),
                list: _("must be a list of texts"),
            }[wanted]
            self.wrong((*where, key), words)
        return fits


def _in_words(path: Path) -> str:
    """themes[2].question: entries count from 1, as people do."""
    said = ""
    for part in path:
        if isinstance(part, int):
            said += f"[{part + 1}]"
        else:
            said += f".{part}" if said else part
    return said or _("the file")


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> str:
    where = _WHERE.search(str(error))
    line = int(where[1]) if where and where[1] else text.rstrip("\n").count("\n") + 1
    return f"line {line}: {_('this is not good TOML:')} {_WHERE.sub('', str(error))}"


def _without_nothing(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value is not None}
