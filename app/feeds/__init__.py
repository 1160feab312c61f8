"""What programs read: feeds, the site map, what crawlers leave alone, the pictures of links."""
