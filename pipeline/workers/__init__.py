"""Papers read in workers that cannot harm one another."""
