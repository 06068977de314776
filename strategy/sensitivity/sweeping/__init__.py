"""Sweeps: millions of parameter values on the disk.

In parts that can be stopped and resumed.
"""
