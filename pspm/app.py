"""The application factory: the only importer of every feature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from pspm import accounts, cli, documents, drafting, home, plans, practices, reviews
from pspm.core import carry, database, filters, fragments, handlers, headers, i18n
from pspm.core.request import CleanRequest
from pspm.extensions import babel, compress, csrf, db, limiter, login_manager

ROOT = Path(__file__).resolve().parent.parent
FEATURES = (accounts, plans, drafting, reviews, practices, documents, home)


def create_app(config: Mapping[str, Any]) -> Flask:
    """Build the app from `config`, Flask's names to values (see `Settings.as_flask`)."""
    app = Flask("pspm", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.request_class = CleanRequest
    app.config.update(_FIXED)
    app.config.update(config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[app.config["PROXIES"]] * 4)  # type: ignore[method-assign]
    _make_sqlite_folder(app)
    _bind_extensions(app)
    for part in (database, headers, handlers, filters, fragments, carry, *FEATURES, cli):
        part.init_app(app)
    return app


_FIXED = {
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_DURATION": timedelta(days=30),
    "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
    "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": False},
    "RATELIMIT_HEADERS_ENABLED": True,
    "RATELIMIT_STRATEGY": "moving-window",
    "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
    "WTF_CSRF_TIME_LIMIT": None,
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_BR_LEVEL": 4,
}


def _make_sqlite_folder(app: Flask) -> None:
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.startswith("sqlite:///") and url != "sqlite:///:memory:":
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=i18n.select_locale)
    limiter.init_app(app)
    compress.init_app(app)
