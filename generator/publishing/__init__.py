"""A built site brought to where its readers find it: a folder, a server reached by ssh, or an S3 bucket."""
