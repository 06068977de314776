"""Models that come with the toolkit.

The corridor in the South Caucasus, and textbook games with published answers.
"""
