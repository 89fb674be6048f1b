"""Entry points for servers: `app` speaks WSGI, `asgi` is the same app for ASGI servers."""

from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp

from config import Settings
from pspm.app import create_app
from pspm.core.isolation import isolated

app = create_app(Settings.from_env().as_flask())
asgi = WSGIMiddleware(cast("WSGIApp", isolated(app.wsgi_app)), workers=4)
