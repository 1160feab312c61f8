"""Who supervises: profiles, credentials, and how we know them."""
