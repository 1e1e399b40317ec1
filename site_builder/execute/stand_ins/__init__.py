"""What comes before the first cell: files and models that stand for others, and which cells they reach."""
