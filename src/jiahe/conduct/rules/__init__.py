"""Pure answers about lateness: to whom it climbs, what was made of it, and who has a say in it."""
