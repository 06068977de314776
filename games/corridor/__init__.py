"""Models of an argument about the Zangezur Corridor.

One module a model, and the assumptions that they share.
"""
