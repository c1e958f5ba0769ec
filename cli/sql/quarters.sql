-- Where those with enough evidence stand on the scale, by quarters of a level: quarter 0 ends at 0.25, quarter 35, the
-- last, begins at 8.75. From this any quantile follows. Not protected.
WITH latest AS (
  SELECT framework, competence, median
  FROM results
  WHERE assessment = assessments AND evidence <> 'not-enough'
),
placed AS (
  SELECT
    framework,
    competence,
    CASE WHEN median < 0 THEN 0 WHEN median >= 9000 THEN 35 ELSE CAST(FLOOR(median / 250.0) AS INT) END AS quarter
  FROM latest
)
SELECT framework, competence, quarter, COUNT(*) AS people
FROM placed
GROUP BY framework, competence, quarter
ORDER BY framework, competence, quarter
