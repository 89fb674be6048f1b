"""The blueprint that the route modules of `accounts` share."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
