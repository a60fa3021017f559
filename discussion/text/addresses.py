"""E-mail addresses: the form in which they are kept, and the one that every mail server takes."""

import re
import unicodedata
from typing import TYPE_CHECKING

from discussion.later import later

if TYPE_CHECKING:
    import email_validator
else:
    email_validator = later("email_validator")

LONGEST_EMAIL = 254
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_PLAIN = re.compile(  # any domain, such as localhost and those of an organisation's own network
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
# "Marlow, Ada " before an angle: a name with a comma, at the beginning or after another address.
_UNQUOTED_NAME = re.compile(r"(?:(?<=[,;>\r\n])|^)[^<>@,;\r\n]+,[^<>@,;\r\n]+(?=<[^<>@]+@)", re.M)
# "1. a@b.org", "Cc: a@b.org", "Ada (Head) a@b.org", "a@b.org (Ada)" and "a@b.org." are one address.
_NAMED = r"[^@<>]{0,100}"
_BESIDE = re.compile(
    rf"(?:{_NAMED}[\s:])?(?P<address>[^\s@<>()\[\]:]+@[^\s@<>()\[\]:]*[^\W_])[.!]?(?:\s+\({_NAMED}\))?"
)
_DOTLESS = ("gmail.com", "googlemail.com")  # two names of one host
_SENDER = re.compile(r"\s*(?:(?P<name>[^<>]*?)\s*<(?P<inside>[^<>]*)>|(?P<bare>[^<>\s]+))\s*")


def normal_email(typed: str) -> str:
    """The one form in which an address is kept and compared; "" if none that all can write to.

    Full-width letters become plain ones. Letters that only some mail servers take before the @ are
    refused; after it they are fine, since they have a plain spelling that travels.
    """
    if len(typed) > 2 * LONGEST_EMAIL:
        return ""
    plain = unicodedata.normalize("NFKC", typed).strip()
    try:
        found = email_validator.validate_email(
            plain, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except email_validator.EmailNotValidError:
        return ""
    normal = found.normalized.lower()
    return normal if len(normal) <= LONGEST_EMAIL and found.ascii_email else ""


def folded_email(email: str) -> str:
    """One form for all spellings of an address that arrive in one box: "a.b+c@gmail.com".

    What follows a plus is left out, and dots of the one large host that takes no notice of them.
    """
    local, _at, domain = travelling(normal_email(email) or email.strip().lower()).rpartition("@")
    local = local.partition("+")[0] or local
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), _DOTLESS[0]
    return f"{local}@{domain}"


def has_letters_that_do_not_travel(typed: str) -> bool:
    """Whether it would be an address, but for letters before the @ that mail servers refuse."""
    local, at, _domain = (
        unicodedata.normalize("NFKC", typed[: 2 * LONGEST_EMAIL]).strip().rpartition("@")
    )
    return bool(at and local) and not local.isascii()


def split_addresses(typed: str) -> list[str]:
    """What stands between commas, semicolons, tabs and line ends; of `"A, B" <a@b.org>` a@b.org.

    Names without quotes are known by the address in angles after them: `B, A <a@b.org>`. Addresses
    with nothing but spaces between them are several. What cannot be seen is not there.
    """
    typed = _UNSEEN.sub("", typed)
    typed = re.sub(r"(?m)^([^@<>,;\t\r\n]+)\t(?=[^\t\r\n]*@)", r"\1 ", typed)  # a sheet's names
    pieces = re.split(r"[,;\r\n\t]", _UNQUOTED_NAME.sub(" ", re.sub(r'"[^"\r\n]*"', " ", typed)))
    bare = (re.sub(r"^[^<>]*<([^<>]*)>$", r"\1", piece.strip()).strip() for piece in pieces)
    apart = (one for piece in bare for one in (_apart(piece) if piece else ()))
    return [one for piece in apart if (one := re.sub("^mailto:", "", piece, flags=re.I))]


def _apart(piece: str) -> list[str]:
    """Several addresses with spaces between them, one with a name beside it, or all as it is."""
    words = piece.split()
    if len(words) > 1 and all("@" in word for word in words):
        return words
    beside = _BESIDE.fullmatch(piece)
    return [beside["address"]] if beside else [piece]


def travelling(address: str) -> str:
    """The address as it goes out: a domain with letters such as ü in its plain spelling."""
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        found = email_validator.validate_email(
            f"a@{domain}", check_deliverability=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        return address
    return f"{local}@{found.ascii_domain}"


def sender_of(said: str) -> tuple[str, str] | None:
    """The name and the address of `Name <address>`, quoted or not; None where that is not one."""
    found = _SENDER.fullmatch(said)
    if found is None or not said.isprintable():
        return None
    name = found["name"] or ""
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    address = travelling(unicodedata.normalize("NFKC", found["inside"] or found["bare"] or ""))
    if not _PLAIN.fullmatch(address) or len(address) > LONGEST_EMAIL:
        return None
    return name.strip(), address
