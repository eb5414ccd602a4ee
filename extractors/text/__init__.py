"""What any English text says by itself, before cues: figures and money, numbers in words, where sentences end."""
