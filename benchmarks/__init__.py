"""Measurements that are run by hand, each with one command; none is a test."""
