"""Parts of every page that depend on nothing but the language: rendered once, then reused.

The frame of a page costs more than a short page's content; what does not change need not be made again.
"""

from __future__ import annotations

from flask import Flask, current_app
from markupsafe import Markup

from pspm.core.i18n import current_language


def init_app(app: Flask) -> None:
    app.extensions["fragments"] = {}
    app.jinja_env.globals["fragment"] = render_fragment


def render_fragment(name: str) -> Markup:
    """The template `name`, which must need no context of its own, in the present language."""
    kept: dict[tuple[str, str], Markup] = current_app.extensions["fragments"]
    key = (name, current_language())
    environment = current_app.jinja_env
    if key not in kept or environment.auto_reload:
        kept[key] = Markup(environment.get_template(name).render())  # noqa: S704 - escaped by the template
    return kept[key]
