-- People by competence and category of their last assessment: 1 to 8 are levels, 9 is not enough evidence, 10 is not
-- asked. Every competence counts everybody. Small numbers are not protected here: `group report --sql` does that.
WITH latest AS (
  SELECT framework, passport, competence, level, evidence
  FROM results
  WHERE assessment = assessments
),
asked AS (
  SELECT DISTINCT framework, competence
  FROM latest
),
placed AS (
  SELECT
    p.framework,
    a.competence,
    CASE WHEN l.level IS NULL THEN 10 WHEN l.evidence = 'not-enough' THEN 9 ELSE l.level END AS category,
    p.key_high,
    p.key_low
  FROM people p
  JOIN asked a ON a.framework = p.framework
  LEFT JOIN latest l ON l.framework = p.framework AND l.passport = p.passport AND l.competence = a.competence
)
SELECT framework, competence, category, COUNT(*) AS people, SUM(key_high) AS key_high, SUM(key_low) AS key_low
FROM placed
GROUP BY framework, competence, category
ORDER BY framework, competence, category
