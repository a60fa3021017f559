"""What was taken out, encrypted: Fernet under keys that HKDF derives from the site's settings."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO = b"discussion redaction 1"


class BrokenSealError(Exception):
    """No key that the site has opens this: the key was changed, or the row was."""


class Seal:
    """Seals under the first secret; opens what any of them sealed. Empty ones do not count."""

    def __init__(self, *secrets: str) -> None:
        keys = [Fernet(_key(secret)) for secret in secrets if secret]
        if not keys:
            raise ValueError("a seal needs a secret")
        self._keys = MultiFernet(keys)

    def close(self, words: str) -> str:
        return self._keys.encrypt(words.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        try:
            return self._keys.decrypt(sealed.encode("ascii")).decode()
        except InvalidToken:
            raise BrokenSealError from None


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
