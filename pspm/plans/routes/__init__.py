"""Pages of `plans`."""

from pspm.plans.routes.blueprint import bp

__all__ = ["bp"]
