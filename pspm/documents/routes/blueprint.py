"""The blueprint that all routes of `documents` belong to."""

from flask import Blueprint

bp = Blueprint("documents", __name__)
