"""Advertised places: openings, their weekly times, their seats, and what each counts as."""
