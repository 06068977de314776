"""Models that come with the toolkit: the corridor in the South Caucasus, and textbook games
with published answers."""
