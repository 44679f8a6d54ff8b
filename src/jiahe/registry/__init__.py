"""People of a county: who they are, where they live, and what happened to them."""
