"""Changes in `plans`."""
