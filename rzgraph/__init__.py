"""rzgraph: a knowledge graph of a network collaboration in which every statement leads back to its line.

Texts and Turtle files go in; answers, drawings, tables and a static site come out. The way through the package is
told in the README beside the modules.
"""

__version__ = "0.1.0"
