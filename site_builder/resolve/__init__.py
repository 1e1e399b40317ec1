"""A document to a document in which names have their meaning."""
