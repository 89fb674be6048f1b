"""Typed settings, read from the environment and checked once, at start."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
DEFAULT_SECRET = "only-for-development"  # noqa: S105 - refused in production, see `_check`
ENVIRONMENTS = ("development", "testing", "production")


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names the environment variable."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every field `x` is read from the environment variable `PSPM_X` (or the name in `ALIASES`)."""

    environment: str = "development"
    secret_key: str = DEFAULT_SECRET
    database_url: str = f"sqlite:///{ROOT / 'var' / 'pspm.sqlite'}"
    redis_url: str = ""
    data_dir: Path = ROOT / "var"
    public_url: str = "http://127.0.0.1:8000"
    site_owner: str = "PSPM"
    default_locale: str = "it"
    time_zone: str = "Europe/Rome"
    mail_server: str = ""
    mail_port: int = 25
    mail_username: str = ""
    mail_password: str = ""
    mail_starttls: bool = True
    mail_sender: str = "PSPM <pspm@localhost>"
    proxies: int = 0
    max_upload_mb: int = 20

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check all settings. Raises SettingsError with the name of the variable at fault."""
        env = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for field in fields(cls):
            name = _variable(field.name)
            if name in env:
                values[field.name] = _parse(name, str(field.type), env[name])
        settings = cls(**values)
        _check(settings)
        return settings

    def as_flask(self) -> dict[str, Any]:
        """The settings under the names that Flask and its extensions know."""
        return {
            "ENVIRONMENT": self.environment,
            "TESTING": self.environment == "testing",
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": _driver_url(self.database_url),
            "REDIS_URL": self.redis_url,
            "DATA_DIR": self.data_dir,
            "PUBLIC_URL": self.public_url.rstrip("/"),
            "SITE_OWNER": self.site_owner,
            "BABEL_DEFAULT_LOCALE": self.default_locale,
            "BABEL_DEFAULT_TIMEZONE": self.time_zone,
            "MAIL_SERVER": self.mail_server,
            "MAIL_PORT": self.mail_port,
            "MAIL_USERNAME": self.mail_username,
            "MAIL_PASSWORD": self.mail_password,
            "MAIL_STARTTLS": self.mail_starttls,
            "MAIL_SENDER": self.mail_sender,
            "PROXIES": self.proxies,
            "MAX_CONTENT_LENGTH": self.max_upload_mb * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "SESSION_COOKIE_SECURE": self.public_url.startswith("https:"),
            "REMEMBER_COOKIE_SECURE": self.public_url.startswith("https:"),
        }


ALIASES = {"database_url": "DATABASE_URL", "redis_url": "REDIS_URL"}
_FLAGS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def _variable(field_name: str) -> str:
    return ALIASES.get(field_name, f"PSPM_{field_name.upper()}")


def _parse(name: str, type_name: str, raw: str) -> Any:
    try:
        if type_name == "bool":
            return _FLAGS[raw.strip().lower()]
        if type_name == "int":
            return int(raw)
    except (KeyError, ValueError):
        wanted = "a whole number" if type_name == "int" else "one of true, false"
        raise SettingsError(f"{name} is {raw!r}; it must be {wanted}.") from None
    return Path(raw) if type_name == "Path" else raw.strip()


def _check(settings: Settings) -> None:
    if settings.environment not in ENVIRONMENTS:
        raise SettingsError(f"PSPM_ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}.")
    if settings.environment == "production":
        _check_production(settings)
    if not settings.database_url.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise SettingsError("DATABASE_URL must begin with sqlite: or postgresql:.")
    if not settings.public_url.startswith(("http://", "https://")):
        raise SettingsError("PSPM_PUBLIC_URL must begin with http:// or https://.")


def _check_production(settings: Settings) -> None:
    if settings.secret_key == DEFAULT_SECRET or len(settings.secret_key) < 32:
        raise SettingsError(
            "PSPM_SECRET_KEY must be set to 32 or more random characters in production; "
            'make one with: python3 -c "import secrets; print(secrets.token_hex(32))"'
        )
    if not settings.mail_server:
        raise SettingsError("PSPM_MAIL_SERVER must name an SMTP server in production.")


def _driver_url(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:", 1) if url.startswith("postgresql:") else url
