"""Pages that span features."""

from flask import Flask

from pspm.home.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
