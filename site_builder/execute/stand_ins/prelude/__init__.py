"""What is run inside the kernel before the first cell: plain Python, read as text, one thing a file, each with `prepare(given)`."""
