"""The bare server that everything is held against: Flask saying hello, served as PSPM is."""

from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    return "Hello"


asgi = WSGIMiddleware(cast("WSGIApp", app.wsgi_app), workers=4)
