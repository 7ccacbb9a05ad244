"""The search: what words mean, and the index that the page of the search reads."""
