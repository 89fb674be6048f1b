"""Changes in `practices`."""
