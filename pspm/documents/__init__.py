"""Files in and out: PDF and StratML."""

from flask import Flask

from pspm.documents import commands
from pspm.documents import importing as importing
from pspm.documents import work as work
from pspm.documents.pdf import pages
from pspm.documents.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    pages.init_app(app)
    commands.init_app(app)
