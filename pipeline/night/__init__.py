"""The nightly work as functions."""
