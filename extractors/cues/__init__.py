"""The words and turns of phrase that mean something, as data, and what loads them."""
