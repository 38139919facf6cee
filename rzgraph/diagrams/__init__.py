"""Drawings: edge lists in, networkx graphs, layout, SVG and exchange formats out."""
