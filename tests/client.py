"""A test client that reads every page as a browser and a screen reader would."""

from __future__ import annotations

import contextvars
import re
from collections import Counter
from typing import Any

import html5lib
from flask import current_app, has_app_context
from flask.testing import FlaskClient
from lxml import html as lxml_html
from werkzeug.test import TestResponse

from pspm.extensions import db

# What may stand in a text or a value and says nothing to a parser: no markup, no control characters.
_WORDS = r"(?:[\t\n\r\x20!#-%'-;=?-~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]++|&(?:amp|lt|gt|quot|#34|#39);)"
_VALUE = re.compile(rf' (?!type=)([a-z-]+)="{_WORDS}*+"')
_TEXT = re.compile(rf">\s*+{_WORDS}++<")
_valid: set[str] = set()
"""The skeletons of the markup that was found valid."""

UNLABELLED_OK = {"hidden", "submit", "button", "reset", "image"}


class CheckedClient(FlaskClient):
    """Runs each request in a context of its own and checks the HTML that comes back.

    What the test's own session holds is committed first (a request could not see it, and SQLite
    has one writer) and read anew afterwards.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        outside = has_app_context() and current_app.extensions.get("sqlalchemy") is db
        if outside:
            db.session.commit()
        response: TestResponse = contextvars.Context().run(super().open, *args, **kwargs)
        if outside:
            db.session.expire_all()
        if response.mimetype == "text/html" and response.status_code != 304 and response.data:
            check_html(response.get_data(as_text=True))
        return response


def check_html(text: str) -> None:
    """Strict HTML, and what every page owes to people who cannot see it."""
    is_page = text.lstrip().lower().startswith("<!doctype")
    _check_markup(text, is_page)
    tree = lxml_html.fromstring(text) if is_page else lxml_html.fragment_fromstring(text, "div")
    _check_ids(tree)
    _check_labels(tree)
    if is_page:
        _check_title(tree)


def _check_markup(text: str, is_page: bool) -> None:
    """The strict parser is slow, and most pages are like one before but for their words."""
    skeleton = _TEXT.sub(">T<", _VALUE.sub(r' \1=""', text))
    if skeleton in _valid:
        return
    parser = html5lib.HTMLParser(strict=True)
    if is_page:
        parser.parse(text)
    else:
        parser.parseFragment(text)
    _valid.add(skeleton)


def _check_ids(tree: Any) -> None:
    doubled = [key for key, count in Counter(tree.xpath("//@id")).items() if count > 1]
    assert not doubled, f"ids used twice: {doubled}"


def _check_labels(tree: Any) -> None:
    labelled = set(tree.xpath("//label/@for"))
    for field in tree.xpath("//input|//select|//textarea"):
        if field.get("type") in UNLABELLED_OK or field.xpath("ancestor::label"):
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        assert named, f"field without label: {field.get('name')}"


def _check_title(tree: Any) -> None:
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("//h1")]
    assert len(headings) == 1, f"one h1 wanted, found {headings}"
    title = " ".join(tree.findtext(".//title").split())
    assert title.startswith(headings[0]), f"title {title!r} does not begin with {headings[0]!r}"
