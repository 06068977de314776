"""Two-player games: best-reply polyhedra, all their extreme equilibria, and the path of
Lemke and Howson."""
