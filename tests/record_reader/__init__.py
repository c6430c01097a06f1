"""A second reader of the record of a proof, written from its documentation; see `reader.py`."""
