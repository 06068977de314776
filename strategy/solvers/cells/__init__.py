"""Branch and prune for any number of players.

Cells, what is proved of them, and the search over them.
"""
