"""Who may do what in `practices`; pure."""
