"""Pages of `home`."""

from pspm.home.routes import information, overview, work
from pspm.home.routes.blueprint import bp

__all__ = ["bp", "information", "overview", "work"]
