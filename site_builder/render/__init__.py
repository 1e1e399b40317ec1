"""A document to text."""
