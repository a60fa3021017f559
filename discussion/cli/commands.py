"""The table of commands, each with its sentence and its arguments."""

import argparse
import gc
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import FrameType
from typing import Any

from discussion import __version__
from discussion.cli.mistakes import in_a_sentence, no_more_to_say
from discussion.config import SettingsError

MOST = 2**31 - 1
RARELY = (50_000, 20, 20)  # a start makes much that stays: looking through it took a fifth of it


def whole(text: str) -> int:
    """A whole number that every part of the site can count with."""
    number = int(text)
    if not -MOST <= number <= MOST:
        raise argparse.ArgumentTypeError("is too large a number")
    return number


def port(text: str) -> int:
    """A port from 0 to 65535; what is none ends the command with a sentence."""
    number = int(text)
    if not 0 <= number < 2**16:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


class CommandError(Exception):
    """The command cannot do what was asked; the message says why and what to do."""

    exit_code = 1


class BadInputError(CommandError):
    """What was given, in words or in a file, cannot be used; argparse says so with 2 as well."""

    exit_code = 2


@dataclass(frozen=True)
class Argument:
    """One argument, as argparse wants it."""

    name: str
    says: str
    options: tuple[tuple[str, Any], ...] = ()
    completes: str = ""  # with the names of files or of folders, in a shell


@dataclass(frozen=True)
class Command:
    """A command: its words, its sentence, and where it is done (module:function)."""

    name: str
    says: str
    done_by: str
    arguments: tuple[Argument, ...] = ()


FILE = Argument("file", "the file", completes="files")
EMAIL = Argument("email", "the address of the account")
PORT = Argument("--port", "the port to listen at", (("type", port),))
FLAG = (("action", "store_true"),)
JSON = Argument("--json", "print JSON, for a script", FLAG)
THREAD = Argument("--thread", "the thread, as in its address", (("required", True),))
BY = Argument(
    "--by",
    "the address of the convener or moderator in whose name; the first convener if not given",
    (("metavar", "EMAIL"),),
)

COMMANDS = (
    Command("init", "Make the database, or bring it up to date.", "database:init"),
    Command("serve", "Serve the site.", "running:serve",
            (Argument("--host", "the address to listen at"), PORT)),
    Command("worker", "Do the work that was promised: mail and the like.", "running:work"),
    Command("demo", "Serve the demonstration on this machine.", "demo:demo", (
        Argument("--port", "the port to listen at", (("type", port), ("default", 8000))),
        Argument("--fresh", "throw away what was written, and start over", FLAG),
        Argument("--data-dir", "where the demonstration is kept",
                 (("default", "var/demonstration"),), completes="folders"))),
    Command("person create", "Make an account that is confirmed, and print a link to set its"
            " password.", "people:create", (
                EMAIL, Argument("name", "the name that is shown"),
                Argument("--administrator", "make them an administrator", FLAG))),
    Command("person confirm", "Confirm the address of an account.", "people:confirm", (EMAIL,)),
    Command("person make-administrator", "Make somebody an administrator of the site.",
            "people:make_administrator", (EMAIL,)),
    Command("person reset-link", "Print a link to set a new password.", "people:reset_link",
            (EMAIL,)),
    Command("series load", "Say what a TOML file would add, change and retire in a series, ask, and"
            " load it; problems are said with their line.", "series:load", (
                FILE,
                Argument("--convener", "the address of its convener", (("required", True),)),
                Argument("--yes", "do it without asking", FLAG),
                Argument("--dry-run", "say what it would do, and write nothing", FLAG), JSON)),
    Command("series dump", "Print a series as TOML.", "series:dump",
            (Argument("slug", "the series, as in its address"),)),
    Command("series list", "List every series.", "series:list_series", (JSON,)),
    Command("analyse", "Find opinion groups and common ground in votes that Polis exported.",
            "analysing:analyse", (
                Argument("file", "participants-votes.csv or votes.csv; .gz is unpacked",
                         completes="files"),
                Argument("--comments", "comments.csv, for what was moderated out",
                         (("metavar", "FILE"),), completes="files"),
                Argument("--groups", "how many groups, instead of what the silhouette says",
                         (("type", whole), ("metavar", "K"))),
                Argument("--seed", "another seed, for other starts of the grouping",
                         (("type", whole), ("default", 0), ("metavar", "N"))),
                Argument("--json", "print JSON, as docs/analysing-votes.md describes it", FLAG))),
    Command("import polis", "Import a conversation held with Polis into a thread, as a closed"
            " round; all of it or nothing.", "polis:import_polis", (
                Argument("folder", "where comments.csv is, with votes.csv or"
                         " participants-votes.csv; each may be .gz", completes="folders"),
                Argument("--series", "the series, as in its address", (("required", True),)),
                THREAD, BY,
                Argument("--attribution", "whom the data is owed to; from a README beside the files"
                         " if not given", (("metavar", "TEXT"),)),
                Argument("--again", "make another round of it, beside one imported before", FLAG),
                Argument("--strict", "import nothing if any row cannot be read", FLAG),
                Argument("--dry-run", "read and check everything, and write nothing", FLAG),
                Argument("--json", "print the report as JSON", FLAG))),
    Command("export polis", "Write a closed round as Polis' files, without who answered.",
            "polis:export_polis", (
                Argument("folder", "a folder that is new, or empty", completes="folders"),
                THREAD, BY, JSON,
                Argument("--round", "its number; the last that has closed if not given",
                         (("type", whole), ("metavar", "N"))))),
    Command("export series", "Write a whole series into one file, with the people in it and their"
            " private answers; the site may keep running.", "series_moving:export_series", (
                Argument("slug", "the series, as in its address"), FILE, JSON)),
    Command("import series", "Bring such a file into a site that has none of it, with every id as"
            " it was; all of it or nothing.", "series_moving:import_series", (FILE, JSON)),
    Command("audit verify", "Say whether the chain of acts holds; names each row that does not.",
            "audit:verify", (
                Argument("--expect", "the hash of a head that was noted before"), JSON)),
    Command("tallies verify", "Count again what is kept as counts; names each count that differs.",
            "tallies:verify", (
                Argument("--mend", "throw away what is kept if anything differs, so that it is"
                         " counted anew", FLAG), JSON)),
    Command("reindex", "Make the index of what can be found anew; pages stay right meanwhile.",
            "finding:reindex", (JSON,)),
    Command("backup", "Write everything into one file; the site may keep running.",
            "database:backup", (FILE, JSON)),
    Command("restore", "Bring a backup back into an empty database, and check it.",
            "database:restore", (FILE, Argument(
                "--replace", "throw away what the database holds now", FLAG), JSON)),
    Command("mail test", "Send a letter to an address now, and say what became of it.",
            "mail:send_test", (Argument("address", "where the letter goes"),)),
    Command("bounces read", "Take reports of letters that did not arrive, from a mailbox.",
            "bounces:read", (Argument(
                "folder", "a Maildir; without it the message that is piped in",
                (("nargs", "?"), ("default", ""))),)),
    Command("bounces fetch", "Take them from the mailbox of the settings, by IMAP.",
            "bounces:fetch", ()),
    Command("doctor", "Say what is missing or unsafe in this installation.", "doctor:doctor",
            (JSON,)),
    Command("faces", "Print every page that is read as data, for the documentation.",
            "faces:print_faces", (JSON,)),
    Command("permissions", "Print who may do what, as docs/permissions.md.",
            "permissions:print_permissions", (JSON,)),
    Command("settings", "Print every setting with its type, default and sentence.",
            "doctor:print_settings", (JSON,)),
    Command("completion", "Print what makes a shell complete these commands.",
            "completing:completion", (
                Argument("shell", "bash, zsh or tcsh", (("choices", ("bash", "zsh", "tcsh")),)),)),
)  # fmt: skip


def main(typed: Sequence[str] | None = None) -> int:
    """Run one command; returns 0 when it did what was asked."""
    gc.set_threshold(*RARELY)
    if typed is None:
        signal.signal(signal.SIGTERM, _end)  # so that half a file is cleared away
        for stream in (sys.stdout, sys.stderr):  # what the terminal cannot show is spelt out
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    arguments = make_parser().parse_args(typed)
    module, _, function = arguments.done_by.partition(":")
    try:
        run = getattr(import_module(f"discussion.cli.{module}"), function)
        done = int(run(arguments) or 0)
        sys.stdout.flush()
        return done
    except (CommandError, SettingsError) as error:
        print(error, file=sys.stderr)
        return error.exit_code if isinstance(error, CommandError) else 1
    except KeyboardInterrupt:
        print("Stopped. What was not finished was not kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `| head` had enough
        no_more_to_say()
        return 0
    except Exception as error:
        says = in_a_sentence(error)
        if not says:
            raise
        print(says, file=sys.stderr)
        if isinstance(error, OSError) and error.filename is None:  # of what we print to
            no_more_to_say()
        return 1


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def make_parser() -> argparse.ArgumentParser:
    """The parser of the table; `person create` becomes a command within a command."""
    parser = argparse.ArgumentParser("discussion", description="Run a discussion site.")
    parser.add_argument("--version", action="version", version=__version__)
    top = parser.add_subparsers(required=True, metavar="command")
    groups: dict[str, Any] = {}
    for command in COMMANDS:
        first, _, second = command.name.partition(" ")
        if second and first not in groups:
            names = [each.name for each in COMMANDS if each.name.startswith(f"{first} ")]
            group = top.add_parser(first, help=", ".join(n.partition(" ")[2] for n in names))
            groups[first] = group.add_subparsers(required=True, metavar="command")
        made = (groups[first] if second else top).add_parser(
            second or first, help=command.says, description=command.says
        )
        made.set_defaults(done_by=command.done_by)
        for argument in command.arguments:
            taken: Any = made.add_argument(
                argument.name, help=argument.says, **dict(argument.options)
            )
            taken.completes = argument.completes
    return parser
