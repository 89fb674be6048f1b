"""The open repository of good practices."""

from flask import Flask

from pspm.practices import models as models
from pspm.practices import removal as removal
from pspm.practices import terms
from pspm.practices.routes import bp


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        practice_status=terms.status_term,
        practice_sections=terms.SECTIONS,
        practice_period=terms.period,
        sector_label=terms.sector_label,
        sdg_label=terms.sdg_label,
        language_label=terms.language_label,
        country_label=terms.country_label,
        licence_name=terms.licence_name,
        licence_address=terms.licence_address,
    )
