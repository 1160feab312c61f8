"""What each board asks of supervision, and whether an opening meets it."""
