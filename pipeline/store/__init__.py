"""Rows to Parquet, a document at a time, whole or not at all; what is asked of the whole store."""
