"""Two-player games: best-reply polyhedra, all extreme equilibria, the Lemke-Howson path."""
