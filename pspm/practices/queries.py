"""Named reads of `practices`."""
