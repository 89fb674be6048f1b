"""Writing together: texts that several people edit at the same time."""

from flask import Flask

from pspm.drafting import listening
from pspm.drafting import models as models
from pspm.drafting.editor import is_live, live_text


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(is_live=is_live, live_text=live_text)
    listening.begin()
