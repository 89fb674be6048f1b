"""Named reads of `reviews`."""
