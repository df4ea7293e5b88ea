"""parley: what governments agree on, coded, compared and followed from round to round."""

__version__ = "0.1.0"
