"""Fields of `plans` and what can be said of them without the database."""
