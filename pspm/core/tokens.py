"""Signed, timed tokens for links in e-mails.

A token names who it is for and carries a fingerprint of the state that it may change: once that
state has changed (the password is new, the address is confirmed) the token is spent.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer


def make_token(purpose: str, *parts: str) -> str:
    token = _serializer(purpose).dumps(parts)
    return token if isinstance(token, str) else token.decode()


def read_token(purpose: str, token: str, *, max_age: timedelta) -> list[str] | None:
    """The parts of a token made for `purpose`, or None if it is forged, damaged or too old."""
    try:
        parts: list[str] = _serializer(purpose).loads(token, max_age=int(max_age.total_seconds()))
    except BadSignature:
        return None
    return parts


def fingerprint(*state: object) -> str:
    """A short digest of `state`: tells whether it changed without telling what it is."""
    text = "\0".join(str(value) for value in state)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"pspm.{purpose}")
