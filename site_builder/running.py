"""Running on one screen: which pages are out of date and why, what runs together, and what is kept."""
