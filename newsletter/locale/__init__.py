"""The words of the newsletter; a language is one file ``<code>.yml`` beside this one."""
