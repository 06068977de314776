"""The analyses, one a file named after its command.

``catalogue`` lists them, ``strategy.sensitivity`` exports them.
"""
