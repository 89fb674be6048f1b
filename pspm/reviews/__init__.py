"""Rounds, contributions, decisions and the register."""

from flask import Flask

from pspm.reviews import models as models
from pspm.reviews.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
