# Attendance at meetings, from Minutebook's datasets, in R.
#
#   Rscript docs/examples/attendance.R output
#
# needs the duckdb package: install.packages("duckdb"). DuckDB reads the Parquet files where they lie.

library(DBI)

output <- commandArgs(trailingOnly = TRUE)
output <- if (length(output)) output[[1]] else "output"

query <- "
SELECT a.name,
       count(*) FILTER (a.status = 'present') AS present,
       count(*) FILTER (a.status = 'apologies') AS apologies,
       min(m.date) AS first, max(m.date) AS last
FROM read_parquet('{output}/attendance/*.parquet') a
JOIN read_parquet('{output}/meetings/*.parquet') m USING (document_id, meeting_id)
JOIN read_parquet('{output}/documents/*.parquet') d USING (document_id)
WHERE a.capacity = 'member' AND m.status = 'held' AND a.confidence >= 0.6
GROUP BY a.name
ORDER BY present DESC, a.name
"

connection <- dbConnect(duckdb::duckdb())
members <- dbGetQuery(connection, gsub("{output}", output, query, fixed = TRUE))
dbDisconnect(connection, shutdown = TRUE)

members$share <- members$present / (members$present + members$apologies)
print(members, row.names = FALSE)

if (nrow(members) > 0) {
  png(file.path(tempdir(), "attendance.png"), width = 800, height = 400)
  par(mar = c(4, 10, 2, 1))
  barplot(rev(members$share), names.arg = rev(members$name), horiz = TRUE, las = 1, xlim = c(0, 1), main = "Share of meetings attended")
  invisible(dev.off())
}
