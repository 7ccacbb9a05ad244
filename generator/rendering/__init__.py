"""From Markdown to finished HTML, once for all channels."""
