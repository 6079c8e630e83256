"""Figures: the file name is the name of the figure; each draws itself and says in words what it shows."""
