"""What each segment does: heading of business, decision, action ... with a probability, by small trained
models."""
