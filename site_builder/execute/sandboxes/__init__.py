"""The sandbox around a kernel: what it sees, what it may use, and how everything ends."""
