-- How many people there are, and how many of them have one assessment only.
-- The sums of key halves protect published numbers: see README.md.
SELECT
  framework,
  COUNT(*) AS people,
  SUM(key_high) AS key_high,
  SUM(key_low) AS key_low,
  SUM(CASE WHEN assessments = 1 THEN 1 ELSE 0 END) AS once,
  SUM(CASE WHEN assessments = 1 THEN key_high ELSE 0 END) AS once_key_high,
  SUM(CASE WHEN assessments = 1 THEN key_low ELSE 0 END) AS once_key_low
FROM people
GROUP BY framework
ORDER BY framework
