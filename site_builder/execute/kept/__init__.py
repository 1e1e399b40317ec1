"""Kept runs: as notebooks and back, and why they are out of date."""
