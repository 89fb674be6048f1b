"""How often the same thing may be tried, by network address and by account.

Only failures count where a person signs in, so that many people behind one address can work. The
key of an account is a digest of the address typed, whether it has an account or not: the answer
tells nothing, and no address is kept in the store of the counters.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from typing import Any

from flask import Response, g, request
from flask_limiter.util import get_remote_address
from flask_login import current_user

from pspm.accounts.queries import normalise_email
from pspm.extensions import limiter

View = Callable[..., Any]
SIGN_IN_FAILURES = "10 per 5 minutes"
MAILS_TO_ADDRESS = "5 per hour"
MAILS_FROM_NETWORK = "100 per hour"
MAILS_BY_PERSON = "100 per day"


def address_key(email: str) -> str:
    normal = normalise_email(unicodedata.normalize("NFKC", email))
    return "address:" + hashlib.sha256(normal.encode()).hexdigest()


def note_failure() -> None:
    """Count this request as a failed attempt to sign in."""
    g.sign_in_failed = True


def limit_sign_in(view: View) -> View:
    """Ten failures in five minutes from one network address, and for one account."""
    for key in (_network, _typed_address):
        view = limiter.shared_limit(
            SIGN_IN_FAILURES, scope="sign-in", key_func=key, methods=["POST"], deduct_when=_failed
        )(view)
    return view


def limit_mails(view: View) -> View:
    """For forms that send a message to an address that a stranger types.

    Only what was sent counts for the address: errors in a form must not lock out its author.
    """
    view = limiter.shared_limit(MAILS_FROM_NETWORK, scope="mails", key_func=_network, methods=["POST"])(view)
    return limiter.shared_limit(
        MAILS_TO_ADDRESS, scope="mails", key_func=_typed_address, methods=["POST"], deduct_when=_sent
    )(view)


def limit_person(view: View) -> View:
    """For forms by which somebody signed in sends messages to others."""
    return limiter.shared_limit(MAILS_BY_PERSON, scope="person", key_func=_person, methods=["POST"])(view)


def _network() -> str:
    return f"network:{get_remote_address()}"


def _typed_address() -> str:
    typed = request.form.get("email") or request.form.get("resume-email")
    if typed:
        return address_key(typed)
    token = (request.view_args or {}).get("token")
    return address_key(token) if token else _person()


def _person() -> str:
    return f"person:{current_user.public_id}" if current_user.is_authenticated else _network()


def _sent(response: Response) -> bool:
    return response.status_code < 400


def _failed(_response: Response) -> bool:
    return bool(g.get("sign_in_failed", False))
