"""A package of somebody else's: a model, a solver and a concept for the toolkit, registered by entry points."""
