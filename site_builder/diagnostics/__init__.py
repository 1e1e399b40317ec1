"""Floor 1: findings, the things wrong in a course, as values."""
