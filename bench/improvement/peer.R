# The same statistics in R: Rscript bench/improvement/peer.R FOLDER; FOLDER holds series.csv (columns site, x, y).
# Plain R, series by series: median, runs and crossings, XmR limits and the four rules of Making Data Count.
# qicharts2, where it is found: its run charts and I charts of all sites, as data and not drawn; left as run.csv and i.csv.
# Seconds are processor time of this process, user and system; neither reading nor writing a file counts.
folder <- commandArgs(trailingOnly = TRUE)[1]
table <- read.csv(file.path(folder, "series.csv"))
clock <- function() sum(proc.time()[1:2])
longest <- function(marks) { runs <- rle(marks); ifelse(rep(runs$values, runs$lengths), rep(runs$lengths, runs$lengths), 0) }
runs <- function(y, line) {
  side <- sign(y - line); side <- side[side != 0 & !is.na(side)]; n <- length(side); lengths <- rle(side)$lengths
  c(n, max(lengths), round(log2(n)) + 3, length(lengths) - 1, qbinom(0.05, n - 1, 0.5))
}
rules <- function(y) {
  centre <- mean(y, na.rm = TRUE); sigma <- mean(abs(diff(y)), na.rm = TRUE) / 1.128
  above <- y > centre; step <- c(0, sign(diff(y)))
  near <- ifelse(y > centre + 2 * sigma, 1, ifelse(y < centre - 2 * sigma, -1, 0))
  pair <- function(side) { m <- near == side; n <- length(m); b <- c(FALSE, FALSE, m, FALSE, FALSE)
    m & (b[1:n] | b[2:(n + 1)] | b[4:(n + 3)] | b[5:(n + 4)]) }
  list(y > centre + 3 * sigma | y < centre - 3 * sigma, pair(1) | pair(-1), longest(above) >= 7 | longest(!above) >= 7,
       longest(step > 0) >= 6 | longest(step < 0) >= 6)
}
before <- clock()
found <- lapply(split(table$y, table$site), function(y) list(runs(y, median(y)), runs(y, mean(y)), rules(y)))
cat(sprintf("R %s %.4f\n", getRversion(), clock() - before))
if (requireNamespace("qicharts2", quietly = TRUE)) {
  before <- clock()
  charts <- lapply(c(run = "run", i = "i"), function(kind)
    qicharts2::qic(x, y, data = table, facets = ~site, chart = kind, return.data = TRUE))
  cat(sprintf("qicharts2 %s %.4f\n", packageVersion("qicharts2"), clock() - before))
  kept <- c("facet1", "x", "cl", "lcl", "ucl", "n.useful", "longest.run", "longest.run.max", "n.crossings",
            "n.crossings.min", "runs.signal", "sigma.signal")
  for (kind in names(charts)) {
    given <- data.matrix(charts[[kind]][kept])
    write.csv(given, file.path(folder, paste0(kind, ".csv")), row.names = FALSE)
  }
}
