"""The second witness: certified numerical evaluation of statements from their own definitions."""
