"""What services raise; the app turns each into an answer with the status below."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the domain was broken; the message is for people and already translated."""

    status = 409

    def __init__(self, message: str = "", *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})
        """Messages by form field, where the fault lies in one."""


class NotFound(DomainError):
    """Nothing here, or nothing that this person may know of."""

    status = 404


class AccessDenied(DomainError):
    """The person may know of the thing but not do this with it."""

    status = 403


class InvalidInput(DomainError):
    """Input that a form could not judge alone."""

    status = 422


class StateConflict(DomainError):
    """The thing is not in a state in which this can be done."""

    status = 409
