"""Quizzes for other systems."""
