"""The plan tree, its revisions, versions and templates."""

from flask import Flask

from pspm.plans import guards as guards
from pspm.plans import models as models
from pspm.plans import reading
from pspm.plans.routes import bp


def init_app(app: Flask) -> None:
    reading.init_app(app)
    app.register_blueprint(bp)
