"""The static site: one pass over the graph, page records, templates, files."""
