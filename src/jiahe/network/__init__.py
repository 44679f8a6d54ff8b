"""City, county and township: nodes that work alone for as long as they must, and agree as soon as they can talk."""
