# The same statistics in R: Rscript bench/improvement/peer.R FILE.csv (columns site, x, y)
# With the package qicharts2 it is measured as well: its statistics for all sites, not the drawing of its picture.
# Without it: median, runs and crossings, XmR limits and the four rules of Making Data Count, series by series, in plain R.
given <- commandArgs(trailingOnly = TRUE)
table <- read.csv(given[1])
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
cat(sprintf("plain %.4f %d\n", clock() - before, sum(sapply(found, function(each) each[[1]][2] > each[[1]][3] || each[[1]][4] < each[[1]][5]))))
if (requireNamespace("qicharts2", quietly = TRUE)) {
  before <- clock()
  invisible(qicharts2::qic(x, y, data = table, facets = ~site, chart = "run"))
  invisible(qicharts2::qic(x, y, data = table, facets = ~site, chart = "i"))
  cat(sprintf("qicharts2 %.4f\n", clock() - before))
}
