"""Threads between two people who know each other’s name."""
