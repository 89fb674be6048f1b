"""Who may do what in `plans`; pure."""
