"""Officers, posts, duties and roles. Gives out the two values every other room asks for: `Scope` and `Acting`."""
