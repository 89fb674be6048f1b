"""Settings: typed, checked at start, named when wrong."""

import pytest

from config import Settings, SettingsError

PRODUCTION = {"PSPM_ENVIRONMENT": "production", "PSPM_SECRET_KEY": "x" * 32, "PSPM_MAIL_SERVER": "localhost"}


def test_settings_without_environment_are_for_development() -> None:
    settings = Settings.from_env({})
    assert settings.environment == "development"
    assert settings.database_url.startswith("sqlite:///")


def test_settings_are_typed() -> None:
    settings = Settings.from_env({"PSPM_MAIL_PORT": "587", "PSPM_MAIL_STARTTLS": "no"})
    assert (settings.mail_port, settings.mail_starttls) == (587, False)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"PSPM_MAIL_PORT": "many"}, "PSPM_MAIL_PORT"),
        ({"PSPM_MAIL_STARTTLS": "perhaps"}, "PSPM_MAIL_STARTTLS"),
        ({"PSPM_ENVIRONMENT": "prod"}, "PSPM_ENVIRONMENT"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"PSPM_PUBLIC_URL": "pspm.example"}, "PSPM_PUBLIC_URL"),
        (PRODUCTION | {"PSPM_SECRET_KEY": "only-for-development"}, "PSPM_SECRET_KEY"),
        (PRODUCTION | {"PSPM_SECRET_KEY": "short"}, "PSPM_SECRET_KEY"),
        (PRODUCTION | {"PSPM_MAIL_SERVER": ""}, "PSPM_MAIL_SERVER"),
    ],
)
def test_bad_setting_is_named(environ: dict[str, str], name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(environ)


def test_production_starts_with_a_real_key() -> None:
    assert Settings.from_env(PRODUCTION).as_flask()["SECRET_KEY"] == "x" * 32


def test_postgresql_url_names_the_driver() -> None:
    settings = Settings.from_env({"DATABASE_URL": "postgresql://u@localhost/d"})
    assert settings.as_flask()["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u@localhost/d"
