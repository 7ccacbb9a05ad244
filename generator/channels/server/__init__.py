"""How a web server is to answer for a site: the policy, types, caching and redirects, and how each server is told."""
