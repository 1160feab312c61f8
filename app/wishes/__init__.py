"""What a supervisee wants of supervision: the questionnaire, and its answers kept for guests and accounts."""
