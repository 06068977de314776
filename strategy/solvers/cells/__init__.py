"""Branch and prune for any number of players: cells, what is proved of them, and the search
over them."""
