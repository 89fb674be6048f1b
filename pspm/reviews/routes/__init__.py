"""Pages of `reviews`."""

from pspm.reviews.routes import contributions, decisions, reading, register, rounds
from pspm.reviews.routes.blueprint import bp

__all__ = ["bp", "contributions", "decisions", "reading", "register", "rounds"]
