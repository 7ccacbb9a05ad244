"""Delivery: a built letter reaches every recipient once, through an engine that exists."""
