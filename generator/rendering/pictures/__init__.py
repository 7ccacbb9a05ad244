"""Pictures: what is known of them, and the files that are made of them."""
