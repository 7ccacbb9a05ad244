"""From the content folder to the model, with every problem on the way."""
