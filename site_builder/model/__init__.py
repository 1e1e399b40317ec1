"""Floor 0: the values that pass between the rooms; frozen dataclasses, standard library alone."""
