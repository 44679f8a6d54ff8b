"""The ground: plain values and their arithmetic. Standard library only; everything may import it."""
