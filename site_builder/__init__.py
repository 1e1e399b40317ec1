"""A folder of chapters becomes a multilingual course site."""

__version__ = "0.1.0"
