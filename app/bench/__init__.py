"""How quick and how light the pages are, beside constant pages of the same server in the same run."""
