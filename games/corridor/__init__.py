"""Models of an argument about the Zangezur Corridor: one module a model, and the
assumptions that they share."""
