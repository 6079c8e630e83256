"""The verbs of `saldo case`, a file each."""
