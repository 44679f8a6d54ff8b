"""Template filters of the node's own pages."""
