"""Pure answers about lateness: to whom it climbs, what was made of it, and how much of it is chance."""
