"""What the site is made of: every pinned package is listed, and what is known of it is said."""

import json
import re
import tomllib
from datetime import UTC, datetime

from requirements import audit, sbom

PINS = sbom.PINS.read_text(encoding="utf-8")
MADE = sbom.bill(PINS, datetime(2026, 11, 30, tzinfo=UTC))


def test_every_pinned_package_is_listed_with_all_of_its_hashes() -> None:
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", PINS, re.MULTILINE)
    listed = [(each["name"], each["version"]) for each in MADE["components"]]
    assert listed == [(name.lower().replace("_", "-"), version) for name, version in pinned]
    hashes = [one["content"] for each in MADE["components"] for one in each["hashes"]]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", PINS)


def test_the_list_says_what_the_site_itself_asks_for() -> None:
    asked = tomllib.loads(sbom.PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[\[<>=]", each)[0].lower() for each in asked}
    (own,) = MADE["dependencies"]
    assert own["ref"] == MADE["metadata"]["component"]["bom-ref"]
    assert {re.sub(r"pkg:pypi/(.+)@.+", r"\1", each) for each in own["dependsOn"]} == names


def test_the_list_is_as_its_format_asks() -> None:
    refs = [each["bom-ref"] for each in (MADE["metadata"]["component"], *MADE["components"])]
    assert len(set(refs)) == len(refs)
    assert set(MADE["dependencies"][0]["dependsOn"]) < set(refs)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", MADE["serialNumber"])
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9.-]+@[^\s@]+", ref) for ref in refs)
    assert MADE["serialNumber"] == sbom.bill(PINS, datetime.now(UTC))["serialNumber"]


SKIPPED = {"name": "two", "skip_reason": "Dependency not found and could not be audited"}
WELL = {"name": "one", "version": "1.0", "vulns": []}
ILL = {"name": "three", "version": "3.1", "vulns": [
    {"id": "PYSEC-2026-1", "fix_versions": ["3.2"], "aliases": []}, {"id": "GHSA-x"},
]}  # fmt: skip


def said(*rows: object) -> list[str]:
    return list(audit.in_words(audit.read(json.dumps({"dependencies": rows}))))


def test_what_could_not_be_looked_up_is_not_called_well() -> None:
    assert said(SKIPPED, SKIPPED) == said() == list(audit.in_words(audit.read("")))
    assert "NOTHING was audited" in said(SKIPPED)[0]
    assert said(WELL, SKIPPED) == [
        "1 pinned packages were looked up.",
        "The index does not know 1: two.",
        "No vulnerability is known of those.",
    ]


def test_a_known_vulnerability_is_named_with_what_mends_it() -> None:
    assert said(WELL, ILL)[1:] == [
        "three 3.1: PYSEC-2026-1, mended in 3.2",
        "three 3.1: GHSA-x, mended in no version yet",
    ]
