"""Who may do what in `reviews`; pure."""
