-- People by competence and change from their first to their last assessment: 1 higher, 2 not clear, 3 lower, 4 not
-- comparable, 5 only one assessment. A change is clear where its square is more than 1.645 squared (2.706025) times the
-- sum of the squared standard errors: whole numbers, so that every engine decides alike. Not protected.
WITH latest AS (
  SELECT framework, passport, competence, evidence, CAST(median AS BIGINT) AS median,
    CAST(standard_error AS BIGINT) AS standard_error
  FROM results
  WHERE assessment = assessments
),
earliest AS (
  SELECT framework, passport, competence, evidence, CAST(median AS BIGINT) AS median,
    CAST(standard_error AS BIGINT) AS standard_error
  FROM results
  WHERE assessment = 1
),
asked AS (
  SELECT DISTINCT framework, competence
  FROM latest
),
placed AS (
  SELECT
    p.framework,
    a.competence,
    CASE
      WHEN p.assessments = 1 THEN 5
      WHEN l.median IS NULL OR e.median IS NULL THEN 4
      WHEN l.evidence = 'not-enough' OR e.evidence = 'not-enough' THEN 4
      WHEN (l.median - e.median) * (l.median - e.median) * 1000000
        <= 2706025 * (l.standard_error * l.standard_error + e.standard_error * e.standard_error) THEN 2
      WHEN l.median > e.median THEN 1
      ELSE 3
    END AS category,
    p.key_high,
    p.key_low
  FROM people p
  JOIN asked a ON a.framework = p.framework
  LEFT JOIN latest l ON l.framework = p.framework AND l.passport = p.passport AND l.competence = a.competence
  LEFT JOIN earliest e ON e.framework = p.framework AND e.passport = p.passport AND e.competence = a.competence
)
SELECT framework, competence, category, COUNT(*) AS people, SUM(key_high) AS key_high, SUM(key_low) AS key_low
FROM placed
GROUP BY framework, competence, category
ORDER BY framework, competence, category
