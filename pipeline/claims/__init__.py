"""Claims of a paper checked against what the statements say, each by the method of its type."""

from pipeline.claims.check import METHODS, check_claims
from pipeline.claims.load import load_claims

__all__ = ["METHODS", "check_claims", "load_claims"]
