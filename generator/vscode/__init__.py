"""What makes an editor's program help with writing: schemas, snippets and settings for VS Code, made from the model."""
