"""The paper told apart: its parts, its council."""
