"""Changes in `reviews`."""
