"""What other features may want to hear from `accounts` without `accounts` knowing them."""

from blinker import Signal

address_confirmed = Signal()
"""Sent with the user (`sender`) when an address has been proved to be theirs: at sign-up, after a change.

Receivers run in the same transaction, e.g. to hand over what was waiting for that address."""
