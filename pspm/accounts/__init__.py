"""People, bodies, membership and sign-in."""

from flask import Flask

from pspm.accounts import commands
from pspm.accounts import models as models
from pspm.accounts.labels import BODY_KINDS, BODY_ROLES, ROLE_NOTES
from pspm.accounts.queries import find_session_user
from pspm.accounts.routes import bp
from pspm.extensions import login_manager


def init_app(app: Flask) -> None:
    login_manager.user_loader(find_session_user)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(body_kinds=BODY_KINDS, body_roles=BODY_ROLES, role_notes=ROLE_NOTES)
    commands.init_app(app)
