"""Changes in `accounts`."""
