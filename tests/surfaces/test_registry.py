"""Nothing that shows words is missing from the registry of surfaces."""

from discussion.cli.commands import COMMANDS as TABLE
from discussion.wiring.later import everything_later
from tests.surfaces.registry import COMMANDS, SURFACES

CURE = "say in COMMANDS of tests/surfaces/registry.py by which surface what it prints is walked"


OUTSIDE = {
    "mail.send": "the letters of the registry",
    "rights.make_copy": "writes a file for its owner alone: tests/oversight/rights read it",
    "evidence.check_link": "asks an address that stands in the library, and sends nothing else",
    "findings.compute": "computes for a while, and sends nothing",
    "packages.make": "writes a file, and sends nothing",
    "webhooks.send": "tells what a visitor reads: see tests/reach/webhooks",
    "publications.register": "tells a register what anybody reads: see test_doi.py",
    "publications.make_files": "makes files for a while, and sends nothing",
    "findings.look_again": "reads for a while, and sends nothing",
}


def test_every_command_is_a_surface_or_says_why_it_is_none() -> None:
    names = {command.name for command in TABLE}
    assert names == set(COMMANDS), f"{sorted(names ^ set(COMMANDS))}: {CURE}"


def test_a_command_that_prints_what_people_wrote_names_a_surface_that_there_is() -> None:
    named = {said for said in COMMANDS.values() if " " not in said or said in SURFACES}
    assert named <= set(SURFACES), sorted(named - set(SURFACES))


def test_nothing_leaves_the_machine_but_letters_and_what_is_listed_here() -> None:
    """A task that speaks to somebody elsewhere is a surface too."""
    assert set(everything_later().outside) == set(OUTSIDE)
