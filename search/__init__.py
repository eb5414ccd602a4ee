"""An index and a web page over the Parquet files; they know nothing of how those were made."""
