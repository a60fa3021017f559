"""completion: what a shell needs to complete the commands and what they take."""

import argparse
from collections.abc import Iterator

from discussion.cli.commands import make_parser
from discussion.cli.site import say


def completion(typed: argparse.Namespace) -> int:
    """Print a script for the shell; docs/deploying.md says where it goes."""
    import shtab

    named = {"files": shtab.FILE, "folders": shtab.DIRECTORY}
    parser = make_parser()
    for action in _every_argument(parser):
        if completes := getattr(action, "completes", ""):
            action.complete = named[completes]  # type: ignore[attr-defined]  # read by shtab
    say(shtab.complete(parser, shell=typed.shell).rstrip("\n"))
    return 0


def _every_argument(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:  # argparse has no other way to its own
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from _every_argument(inner)
