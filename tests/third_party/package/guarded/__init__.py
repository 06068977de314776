"""A package of somebody else's: a model and one of each thing that can be added, registered
by entry points."""
