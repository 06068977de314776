"""For those who test: claims of a model as tests of pytest, and examples of what the generators draw, outside a test function.
Nothing of the toolkit imports this."""
