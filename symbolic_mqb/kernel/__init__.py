"""Terms, the canonical form, theorems and records: the trusted kernel."""
