"""What could be better about a text that is right: told with a check, and each kind of it can be switched off."""
