"""The sections of a brief, in the order in which they are read. Each returns blocks and knows no format."""
