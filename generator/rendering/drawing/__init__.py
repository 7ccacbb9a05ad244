"""Pictures that are drawn here: cards for social networks, and icons."""
