# The same analysis in R: psych, multilevel, lme4. Rscript bench/measurement/peer.R FILE.csv OUT.json
# The time of reading is told apart, since nobody need read CSV. ICC by aov() is left out: its model matrix has a column
# a school and does not fit into memory; lme4's variances give the same ICC(1).
suppressMessages({library(psych); library(multilevel); library(lme4)})
files <- commandArgs(trailingOnly = TRUE)
clock <- function() sum(proc.time()[1:2])
began <- proc.time()[["elapsed"]]; before <- clock()
table <- read.csv(files[1], na.strings = "")
reading <- proc.time()[["elapsed"]] - began
began <- proc.time()[["elapsed"]]; before <- clock()
sizes <- c(8, 8, 8, 8, 7, 7, 7, 7)
last <- cumsum(sizes)
found <- list()
for (number in seq_along(sizes)) {
  items <- as.matrix(table[, 2 + (last[number] - sizes[number] + 1):last[number]])
  turned <- (ncol(items) - 1):ncol(items)
  items[, turned] <- 6 - items[, turned]
  reliability <- suppressWarnings(alpha(as.data.frame(items), check.keys = FALSE))$total$raw_alpha
  factor <- suppressWarnings(fa(items, nfactors = 1, fm = "minres", use = "pairwise", warnings = FALSE))
  deviations <- apply(items, 2, sd, na.rm = TRUE)
  common <- sum(factor$loadings * deviations)^2
  omega <- common / (common + sum(factor$uniquenesses * deviations^2))
  # rwg.j leaves a school out as soon as one answer is missing in the way: its variances skip gaps.
  agreement <- rwg.j(items, table$school, ranvar = 2)
  score <- rowMeans(items, na.rm = TRUE)
  score[rowSums(!is.na(items)) * 2 < ncol(items)] <- NA
  model <- lmer(score ~ 1 + (1 | school), data = data.frame(score = score, school = table$school), REML = TRUE)
  variances <- as.data.frame(VarCorr(model))$vcov
  effects <- ranef(model, condVar = TRUE)$school
  found[[number]] <- c(alpha = reliability, omega = omega, rwg_j = mean(agreement$rwg.j, na.rm = TRUE),
                       within = variances[2], between = variances[1], grand_mean = fixef(model)[[1]],
                       first_school = fixef(model)[[1]] + effects[1, 1])
}
taken <- proc.time()[["elapsed"]] - began
cpu <- clock() - before
lines <- sapply(found, function(each) paste0("{", paste0('"', names(each), '": ', sprintf("%.17g", each), collapse = ", "), "}"))
versions <- paste0("R ", getRversion(), ", psych ", packageVersion("psych"), ", multilevel ", packageVersion("multilevel"), ", lme4 ", packageVersion("lme4"))
peak <- sum(gc()[, 6])
writeLines(paste0('{"versions": "', versions, '", "reading_s": ', reading, ', "wall_s": ', taken, ', "cpu_s": ', cpu,
                  ', "peak_mib": ', peak, ', "scales": [', paste(lines, collapse = ", "), "]}"), files[2])
