"""What the people who run an instance do: imports, the demonstration."""
