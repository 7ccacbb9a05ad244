"""The mailing lists that letters go to, set up as announcements need it."""
