"""How a quiz database came to have its tables, step by step; run when a server starts."""
