"""Addresses of websites, as people and registers write them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pspm.core.i18n import gettext as _

_HOST = re.compile(r"^(?=.{4,253}$)(?:(?:\w(?:[\w-]*\w)?\.)+[^\W\d_][\w-]*\.?|\d{1,3}(?:\.\d{1,3}){3})$")


def website_fault(address: str) -> str | None:
    """Why `address` cannot be linked to, or None (an empty one is no fault)."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _port = parts.port  # raises when it is no number
    except ValueError:
        return _("This is not a web address.")
    if parts.scheme not in ("http", "https"):
        return _("A web address begins with http:// or https://.")
    if any(character.isspace() for character in address) or not _HOST.match(host):
        return _("This is not a web address; it should look like https://www.example.org.")
    return None
