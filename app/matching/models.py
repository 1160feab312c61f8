"""What changed, for the index to take in; and the words that the search reads."""
