"""Folders to a course."""
