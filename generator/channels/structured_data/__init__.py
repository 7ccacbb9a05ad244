"""What pages say as data (JSON-LD with the words of schema.org), for search engines and assistants."""
