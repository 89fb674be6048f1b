"""The open repository of good practices."""

from flask import Flask

from pspm.practices import models as models
from pspm.practices.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
