"""Sweeps: millions of parameter values on the disk, in parts that can be stopped and
resumed."""
