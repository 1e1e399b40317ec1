"""A source to a document."""
