"""Public identifiers: short, random, safe in an address and as an XML ID."""

import secrets

# Crockford's base 32 in lower case: no i, l, o or u that could be misread.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12


def new_public_id() -> str:
    """Twelve characters, the first a letter: 59 bits of chance."""
    first = secrets.choice(_ALPHABET[10:])
    return first + "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH - 1))
