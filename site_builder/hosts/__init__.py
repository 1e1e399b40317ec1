"""Floor 5: where pages are put; the only room that knows MkDocs."""
