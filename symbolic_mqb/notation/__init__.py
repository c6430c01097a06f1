"""The paper's symbols and objects, and the words in which lines are written."""
