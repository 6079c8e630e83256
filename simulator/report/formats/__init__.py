"""Formats of a brief: the file name is the name of the format; each turns a document into bytes."""
