"""Small scripts that keep the repository's own pages and machines in order."""
