"""Who is here: people, their sessions, sign-up, sign-in, recovery."""
