"""Floor 2: the Markdown of chapters, as rules for markdown-it-py."""
