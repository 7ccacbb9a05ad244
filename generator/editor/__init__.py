"""The web editor: Decap CMS, with its forms made from the model, served by the site itself."""
