"""What a class did: statistics, and tables of them."""
