"""The package in its own words: a Data Package descriptor (datapackage.org, version 2), a README.

Resources have tabular schemas, so that Frictionless and other readers can check every cell.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from discussion import __version__, paths
from discussion.language import _
from discussion.reach.packages.queries.tabling import DataTable
from discussion.reach.packages.shapes import Column, Licence, MadeFile
from discussion.reach.packages.words import READ_ME
from discussion.series.series.models import Series

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"csv": {"list": "string"}, "jsonl": {"list": "array"}}
_MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl"}

Descriptor = Mapping[str, Any]


def describe(
    series: Series,
    files: Sequence[tuple[DataTable, MadeFile]],
    *,
    made_on: str,
    number: int,
    licence: Licence | None,
    cite: str,
    site_url: str,
) -> Descriptor:
    """What `datapackage.json` says; `made_on` is the day (ISO)."""
    filled = frozenset(made.table for _table, made in files if made.rows)
    told: dict[str, Any] = {
        "$schema": PROFILE,
        "profile": "data-package",
        "name": series.slug,
        "title": series.title,
        "description": series.question,
        "homepage": site_url + paths.data(series.slug),
        "version": str(number),
        "created": f"{made_on}T00:00:00Z",
        "sources": [{"title": series.title, "path": site_url + paths.series(series.slug)}],
        "contributors": [{"title": series.host or series.title, "role": "publisher"}],
        "keywords": ["discussion", "positions", "values", "evidence"],
        "citation": cite,
        "software": f"Discussion {__version__}",
        "resources": [
            _resource(table, made, filled) for table, made in files if _is_told(made, filled)
        ],
    }
    if licence is not None:
        told["licenses"] = [{"name": licence.slug, "title": licence.name, "path": licence.url}]
    return told


def read_me(series: Series, *, made_on: str, licence_says: str, cite: str) -> str:
    """What stands beside the tables, for whoever opens the file without a program."""
    said = (
        f"# {series.title}",
        series.question,
        f"{_('Made on %(date)s.', date=made_on)} {licence_says}",
        _("Cite it so: %(cite)s", cite=cite),
        *map(str, READ_ME),
    )
    return "\n\n".join(said) + "\n"


def _is_told(made: MadeFile, filled: frozenset[str]) -> bool:
    """Readers of JSON Lines stumble over a file without any: it is there, and not described."""
    return made.table in filled or made.path.endswith(".csv")


def _resource(table: DataTable, made: MadeFile, filled: frozenset[str]) -> dict[str, Any]:
    format = made.path.rpartition(".")[2]
    told: dict[str, Any] = {
        "name": table.name if format == "csv" else f"{table.name}-jsonl",
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.says,
        "path": made.path,
        "format": format,
        "mediatype": _MEDIA[format],
        "encoding": "utf-8",
        "bytes": made.bytes,
        "hash": f"sha256:{made.sha256}",
        "schema": _schema(table, format, filled),
    }
    if format == "csv":
        told["dialect"] = {"delimiter": ",", "doubleQuote": True, "header": True}
    return told


def _schema(table: DataTable, format: str, filled: frozenset[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(one, format) for one in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    refers = [one for one in table.refers if format == "csv" or one.table in filled]
    if refers:
        suffix = "" if format == "csv" else "-jsonl"
        schema["foreignKeys"] = [
            {
                "fields": list(one.columns),
                "reference": {
                    "resource": "" if one.table == table.name else one.table + suffix,
                    "fields": list(one.to),
                },
            }
            for one in refers
        ]
    return schema


def _field(one: Column, format: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": one.name,
        "type": _TYPES[format].get(one.type, one.type),
        "description": one.says[:1].upper() + one.says[1:] + ".",
    }
    if one.among:
        told["constraints"] = {"enum": list(one.among)}
    return told
