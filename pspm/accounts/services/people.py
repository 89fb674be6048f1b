"""Changes of people: accounts, passwords, addresses.

Nothing here tells a stranger whether an address has an account: the same work is done and a message
is sent in both cases, and only the owner of the mailbox can see which one it was.
"""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from pspm.accounts import links, queries
from pspm.accounts.models import User
from pspm.accounts.passwords import hash_password, needs_rehash, password_fault, verify_password
from pspm.accounts.signals import address_confirmed
from pspm.core.clock import now
from pspm.core.errors import InvalidInput, StateConflict
from pspm.core.mail import send_template
from pspm.extensions import db


def sign_up(*, email: str, name: str, password: str, locale: str, next_path: str = "") -> None:
    """Make an account that waits for the confirmation of its address, or tell the owner that there is one."""
    email = queries.normalise_email(email)
    _check_password(password, email=email)
    password_hash = hash_password(password)
    user = _find_or_add(email, name=name, password_hash=password_hash)
    if user.email_confirmed_at is not None:
        send_template(
            recipient=email,
            locale=user.locale,
            subject=_l("You already have an account"),
            template="accounts_already_signed_up",
        )
        return
    user.name, user.password_hash, user.locale = name, password_hash, locale
    db.session.flush()
    send_template(
        recipient=email,
        locale=locale,
        subject=_l("Confirm your e-mail address"),
        template="accounts_confirm",
        token=links.confirmation_token(user, next_path),
    )


def _find_or_add(email: str, *, name: str, password_hash: str) -> User:
    user = queries.find_user_by_email(email)
    if user is not None:
        return user
    user = User(email=email, name=name, password_hash=password_hash)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError:
        # The same form sent twice at once: the other request was first.
        return db.session.query(User).filter_by(email=email).one()
    return user


def confirm_account(*, user: User, password: str) -> None:
    """The person who owns the mailbox and knows the password is the one who signed up.

    Without the password somebody could sign up with another's address, wait for them to press the
    link, and sign in to what they believe to be theirs alone.
    """
    if not verify_password(user.password_hash, password):
        message = _("This is not the password that was chosen for this account.")
        raise InvalidInput(message, fields={"password": message})
    _confirm_address(user)


def authenticate(*, email: str, password: str) -> User | None:
    """The person whose sign-in this is. Takes as long for an unknown address as for a known one."""
    user = queries.find_user_by_email(email)
    fits = verify_password(user.password_hash if user else None, password)
    if user is None or not fits or not user.is_active:
        return None
    if needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
        db.session.flush()
    return user


def request_reset(*, email: str, locale: str) -> None:
    """Send a link to choose a new password, or say that there is no account with this address."""
    email = queries.normalise_email(email)
    user = queries.find_user_by_email(email)
    send_template(
        recipient=email,
        locale=user.locale if user else locale,
        subject=_l("Choose a new password"),
        template="accounts_reset" if user else "accounts_reset_unknown",
        token=links.reset_token(user) if user else "",
    )


def reset_password(*, user: User, password: str) -> None:
    """Set a password for the owner of the mailbox; whoever can read it has confirmed the address too."""
    _set_password(user, password, field="password")
    if user.email_confirmed_at is None:
        _confirm_address(user)


def change_password(*, user: User, current: str, password: str) -> None:
    """All sessions of the person end; the one that asked is renewed by its route."""
    _require_password(user, current, field="current_password")
    _set_password(user, password, field="password")


def rename(*, user: User, name: str) -> None:
    user.name = name
    db.session.flush()


def set_locale(*, user: User, locale: str) -> None:
    user.locale = locale
    db.session.flush()


def request_email_change(*, user: User, email: str, password: str) -> None:
    """Send a link to the new address; the old one stays until it is pressed."""
    _require_password(user, password, field="password")
    email = queries.normalise_email(email)
    owner = queries.find_user_by_email(email)
    send_template(
        recipient=email,
        locale=owner.locale if owner else user.locale,
        subject=_l("You already have an account") if owner else _l("Confirm your new e-mail address"),
        template="accounts_already_signed_up" if owner else "accounts_email_change",
        token=links.email_change_token(user, email),
    )


def change_email(*, user: User, email: str) -> None:
    """The new address is confirmed: use it, and tell the old one."""
    if queries.find_user_by_email(email) is not None:
        raise StateConflict(_("This address belongs to an account by now."))
    old, user.email = user.email, email
    _confirm_address(user)
    send_template(
        recipient=old,
        locale=user.locale,
        subject=_l("Your e-mail address was changed"),
        template="accounts_email_changed",
        new_address=email,
    )


def create_admin(*, email: str, name: str, password: str) -> User:
    """A confirmed administrator, for the first installation; an existing account becomes one."""
    email = queries.normalise_email(email)
    _check_password(password, email=email)
    user = _find_or_add(email, name=name, password_hash="")
    user.name, user.password_hash, user.is_admin = name, hash_password(password), True
    user.session_epoch += 1
    user.email_confirmed_at = user.email_confirmed_at or now()
    db.session.flush()
    return user


def _confirm_address(user: User) -> None:
    user.email_confirmed_at = now()
    db.session.flush()
    address_confirmed.send(user)


def _set_password(user: User, password: str, *, field: str) -> None:
    _check_password(password, email=user.email, field=field)
    user.password_hash = hash_password(password)
    user.session_epoch += 1
    db.session.flush()
    send_template(
        recipient=user.email,
        locale=user.locale,
        subject=_l("Your password was changed"),
        template="accounts_password_changed",
    )


def _check_password(password: str, *, email: str, field: str = "password") -> None:
    fault = password_fault(password, email=email)
    if fault:
        raise InvalidInput(fault, fields={field: fault})


def _require_password(user: User, password: str, *, field: str) -> None:
    if not verify_password(user.password_hash, password):
        message = _("This is not your present password.")
        raise InvalidInput(message, fields={field: message})
