"""Floor 5: questions are graded, submissions kept and counted; the only room that knows a database and a web framework."""
