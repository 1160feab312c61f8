"""The desk of a supervisor: how she begins, writes her profile, and shows it."""
