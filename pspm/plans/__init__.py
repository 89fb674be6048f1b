"""The plan tree, its revisions, versions and templates."""

from flask import Flask

from pspm.plans import models as models
from pspm.plans.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
