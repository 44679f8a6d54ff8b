"""Places: the areas of the country as they were on any day, and the facilities in them."""
