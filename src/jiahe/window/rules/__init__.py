"""Working days, the clock of a case, its legal ways, and its picture: pure answers from plain values."""
