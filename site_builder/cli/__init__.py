"""Floor 6: words in, exit code out; no work is done here."""
