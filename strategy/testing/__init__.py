"""For those who test: examples of what the generators draw, outside a test function. Nothing of the toolkit imports this."""
