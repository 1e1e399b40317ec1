"""Kernels: how they start, what they are told, and what they say."""
