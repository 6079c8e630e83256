"""How sure a figure is, what drives it, and what would turn it."""
