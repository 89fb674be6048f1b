"""Passwords: argon2id hashes, and which ones are refused (NIST SP 800-63B: length, not composition)."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pspm.core.i18n import gettext as _

MIN_LENGTH = 12
MAX_LENGTH = 256
MIN_DIFFERENT = 5
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# What people type when twelve characters are asked for; compared without spaces and case.
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split())


def hash_password(password: str) -> str:
    return _hasher.hash(_normal(password))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits the hash. Without a hash it takes as long, and is False."""
    try:
        _hasher.verify(password_hash or _dummy_hash(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with parameters of the past."""
    return _hasher.check_needs_rehash(password_hash)


def password_fault(password: str, *, email: str = "") -> str | None:
    """Why the password is refused, said so that one knows what to do; None if it is good."""
    folded = "".join(_normal(password).casefold().split())
    if len(password) < MIN_LENGTH:
        return _("Use at least %(count)s characters; several words are fine.", count=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        return _("Use at most %(count)s characters.", count=MAX_LENGTH)
    if email and folded in (email.casefold(), email.casefold().partition("@")[0]):
        return _("Your e-mail address is easy to guess: choose something else.")
    if folded in _COMMON:
        return _("This password is on the lists that attackers try first: choose something else.")
    if len(set(folded)) < MIN_DIFFERENT:
        return _("Use at least %(count)s different characters.", count=MIN_DIFFERENT)
    return None


def _normal(password: str) -> str:
    """The same characters whichever keyboard typed them."""
    return unicodedata.normalize("NFKC", password)


@cache
def _dummy_hash() -> str:
    return _hasher.hash("nobody has this password")
