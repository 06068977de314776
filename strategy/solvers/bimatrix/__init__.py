"""Two-player games: best-reply polyhedra, and all their extreme equilibria.

And the path of Lemke and Howson.
"""
