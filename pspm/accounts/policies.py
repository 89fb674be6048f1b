"""Who may do what in `accounts`; pure."""
