"""Pages of `practices`."""

from pspm.practices.routes import attachments, links, reading, review, writing
from pspm.practices.routes.blueprint import bp

__all__ = ["attachments", "bp", "links", "reading", "review", "writing"]
