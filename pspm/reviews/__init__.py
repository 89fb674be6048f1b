"""Rounds, contributions, decisions and the register."""

from flask import Flask

from pspm.reviews import mails as mails
from pspm.reviews import models as models
from pspm.reviews.routes import bp
from pspm.reviews.terms import term


def init_app(app: Flask) -> None:
    app.jinja_env.filters["review_term"] = term
    app.register_blueprint(bp)
