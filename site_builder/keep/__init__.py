"""What was computed, kept under a key of everything it depends on, and the processes that compute it."""
