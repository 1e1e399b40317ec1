"""The quiz server: its addresses, its guards, and what goes over the wire."""
