"""What `attach` works with: which cell goes with which, and what is shown or told of it."""
