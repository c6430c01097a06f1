"""Reasons that authors write. They find steps; only rules make them."""
