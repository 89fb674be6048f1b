"""The colours of carets and names of those who write together."""

from zlib import crc32

# Each 4.5 : 1 or more on white.
COLOURS = ("#0b6e4f", "#8a3ffc", "#b3261e", "#0060a0", "#8a5000", "#9f1853", "#005d5d", "#5b5b00")


def colour_of(person: str) -> str:
    """The colour of the person with this public id, the same everywhere."""
    return COLOURS[crc32(person.encode()) % len(COLOURS)]
