"""What English text says by itself, before cues: figures and money, numbers in words, ends of sentences."""
