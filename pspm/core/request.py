"""What browsers send, without the characters that no page and no database may hold.

Cleaned in one place, before anything reads it: PostgreSQL takes no NUL, HTML and XML take no other
control characters either, and nobody types them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

_NONCHARACTERS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNWANTED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]")
# The path comes as bytes in the guise of Latin-1: what is above ASCII are parts of letters.
_UNWANTED_IN_PATH = re.compile("[\x00-\x1f\x7f]")


class CleanRequest(Request):
    """A request whose path, query and form hold text only."""

    def __init__(self, environ: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        environ["PATH_INFO"] = _UNWANTED_IN_PATH.sub("", environ.get("PATH_INFO", ""))
        super().__init__(environ, *args, **kwargs)

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _clean(super().args)

    def _load_form_data(self) -> None:
        """Werkzeug parses the body here, once, and puts the form where the property finds it."""
        parsed = "form" not in self.__dict__
        super()._load_form_data()
        if parsed:
            self.__dict__["form"] = _clean(self.form)


def _clean(values: MultiDict[str, str]) -> MultiDict[str, str]:
    pairs = list(values.items(multi=True))
    if not any(_UNWANTED.search(text) for pair in pairs for text in pair):
        return values
    return ImmutableMultiDict((_UNWANTED.sub("", name), _UNWANTED.sub("", value)) for name, value in pairs)
