"""Parts of pages kept for each language."""

from __future__ import annotations

from flask import Flask

from pspm.core.fragments import render_fragment
from pspm.core.i18n import in_language

HEAD = "layouts/_head.html"


def test_fragment_is_rendered_once_for_each_language(app: Flask) -> None:
    app.extensions["fragments"].clear()
    with app.test_request_context("/"):
        with in_language("it"):
            italian = render_fragment(HEAD)
            assert render_fragment(HEAD) is italian
        with in_language("en"):
            assert render_fragment(HEAD) is not italian
    assert list(app.extensions["fragments"]) == [(HEAD, "it"), (HEAD, "en")]


def test_fragment_is_not_kept_while_templates_are_being_written(app: Flask) -> None:
    app.jinja_env.auto_reload = True
    try:
        with app.test_request_context("/"):
            assert render_fragment(HEAD) is not render_fragment(HEAD)
    finally:
        app.jinja_env.auto_reload = False
