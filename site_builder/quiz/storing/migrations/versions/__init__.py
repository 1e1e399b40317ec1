"""The steps, from the first on."""
