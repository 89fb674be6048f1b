"""Named reads of `plans`."""
