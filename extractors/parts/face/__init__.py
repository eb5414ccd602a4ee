"""What stands on the face of a part: its kind, the body that met, the day, the hours and the place."""
