"""ZIP codes: their point, zone, city and state, and the distance between two points."""
