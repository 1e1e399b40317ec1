"""Floor 2: one file a component, its properties and the blocks it stands for."""
