"""New texts: what an author begins with, made from the model, so that it can never be out of date."""
