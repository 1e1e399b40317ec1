"""What cells gave, as HTML."""
