"""What a supervisee keeps: openings, searches, and the alerts that tell of what is new."""
