-- The next step of everybody with a level below 8, and how many offers of the catalogue lead there: declared by their
-- providers, and derived. Not protected.
SELECT
  r.framework,
  r.competence,
  r.level AS from_level,
  r.level + 1 AS to_level,
  COUNT(*) AS people,
  COALESCE(MAX(c.declared), 0) AS declared,
  COALESCE(MAX(c.derived), 0) AS derived
FROM results r
LEFT JOIN coverage c ON c.framework = r.framework AND c.competence = r.competence AND c.level = r.level
WHERE r.assessment = r.assessments AND r.evidence <> 'not-enough' AND r.level < 8
GROUP BY r.framework, r.competence, r.level
ORDER BY r.framework, r.competence, r.level
