"""Benchmarks: printed, never timed tests. `make bench`, or `python -m tests.bench [name …]`."""
