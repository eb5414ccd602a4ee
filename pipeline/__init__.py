"""Around the extractors: the command line, running over many papers, writing the datasets."""
