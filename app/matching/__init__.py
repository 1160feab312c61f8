"""Finding the right one: criteria and the search over openings."""
