"""Views of the book for people: LaTeX as the paper prints it, and text for a terminal."""
