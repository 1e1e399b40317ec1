"""Cells to what they gave: runs, kept as notebooks and shown in every language."""
