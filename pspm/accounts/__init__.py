"""People, bodies, membership and sign-in."""

from flask import Flask

from pspm.accounts import models as models
from pspm.accounts.queries import find_session_user
from pspm.accounts.routes import bp
from pspm.extensions import login_manager


def init_app(app: Flask) -> None:
    login_manager.user_loader(find_session_user)
    app.register_blueprint(bp)
