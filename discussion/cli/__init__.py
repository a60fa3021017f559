"""The command line: parse, call, print.

Every command is a function that takes what was typed and gives the exit code; the table of them
stands in `commands.py`. What a command needs is imported when it runs, so that `--help` is quick.
"""

from discussion.cli.commands import main

__all__ = ["main"]
