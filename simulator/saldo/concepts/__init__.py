"""Concepts of the public balance: the file name is the name in a scenario."""
