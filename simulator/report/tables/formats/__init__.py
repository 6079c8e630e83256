"""Formats of one table: a file with `write(table, reading)`; its name is the name on the command line."""
