"""Files in and out: PDF and StratML."""

from flask import Flask

from pspm.documents.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
