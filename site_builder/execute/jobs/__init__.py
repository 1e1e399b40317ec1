"""Jobs: which pages run together, and where."""
