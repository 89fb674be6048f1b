"""Entry points for servers: `app` speaks WSGI, `asgi` is the same app for ASGI servers."""

from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp

from config import Settings
from pspm.app import create_app
from pspm.core.isolation import isolated
from pspm.drafting.hub import Hub
from pspm.drafting.hub.hub import ASGIApp

app = create_app(Settings.from_env().as_flask())
asgi = Hub(app, cast("ASGIApp", WSGIMiddleware(cast("WSGIApp", isolated(app.wsgi_app)), workers=4)))
