"""The exact variance decomposition beside the estimated indices, where there is one."""
