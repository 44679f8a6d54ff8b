"""Pure answers about names, identity numbers and residence: no clock, no database."""
