"""The blueprint of `practices`."""

from flask import Blueprint

bp = Blueprint("practices", __name__, url_prefix="/practices")
