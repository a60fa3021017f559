"""Libraries that only some of the work needs: each is loaded by its first use, not by the start.

Who uses one says so where others import it:

    if TYPE_CHECKING:
        import httpx
    else:
        httpx = later("httpx")
"""

from importlib import import_module
from types import ModuleType
from typing import Any

# What no start of the site loads, and what needs it.
LIBRARIES = {
    "bibtexparser": "a reference in BibTeX",
    "email_validator": "an address that somebody typed",
    "httpx": "asking other servers about links and references",
    "huey": "waking the worker",
    "numpy": "arithmetic over many answers",
    "snowballstemmer": "stems of words, writing and searching",
    "zxcvbn": "a new password",
}


class _Later(ModuleType):
    """Stands for a library until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        library = import_module(self.__name__)
        self.__dict__.update(vars(library))  # from now on as quick as the library itself
        return getattr(library, name)


def later(name: str) -> ModuleType:
    """The library of this name, loaded as soon as something of it is asked for.

    Threads may ask at once: importing waits until whoever came first has loaded it.
    """
    library, _dot, _part = name.partition(".")
    if library not in LIBRARIES:
        raise LookupError(f"{library} is not in the table of discussion/later.py")
    return _Later(name)
