"""Where submissions are kept: SQLite and PostgreSQL."""
