"""The adapter to MkDocs: the only package that knows the engine.

It runs the pipeline before a build, hands the finished HTML of staged pages through, and watches ``content/`` when
serving.
"""
