-- Real customers, of whom the file tells no name, no branch and no holding: these stay unknown.
INSERT INTO customers AS c (customer, as_of)
SELECT 'uci-' || id, DATE '2005-09-30'
FROM uci
ON CONFLICT (customer) DO UPDATE SET as_of = excluded.as_of
WHERE c.as_of IS DISTINCT FROM excluded.as_of;

-- The credit record. PAY_0 is September 2005, PAY_2 August and so on to PAY_6, April: the months of
-- delay, from 1; -2, -1 and 0 are none. The file knows six months, so that the figures over 24 and
-- 60 months are those of these six: what they show is certain, what they don't show isn't.
--
-- LIMIT_BAL, BILL_AMT and PAY_AMT are New Taiwan dollars without a rate date (data-quality DQ6) and
-- stay out, as do SEX and the default of the next month, which no metric takes. How long the
-- customers have had credit isn't told: credit_active_months stays unknown.
INSERT INTO metrics AS m (
  customer, as_of,
  overdue_months_24m, overdue_max_run_24m, overdue_max_days_60m,
  age_years, education, family_status
)
SELECT
  'uci-' || id,
  DATE '2005-09-30',
  length(replace(overdue, '0', '')),
  CASE
    WHEN overdue LIKE '%111111%' THEN 6
    WHEN overdue LIKE '%11111%' THEN 5
    WHEN overdue LIKE '%1111%' THEN 4
    WHEN overdue LIKE '%111%' THEN 3
    WHEN overdue LIKE '%11%' THEN 2
    WHEN overdue LIKE '%1%' THEN 1
    ELSE 0
  END,
  greatest(0, worst) * 30,
  age,
  -- 1 graduate school, 2 university, 3 high school; 4 is "others", and 0, 5, 6 are not explained.
  CASE education WHEN 1 THEN 'POSTGRAD' WHEN 2 THEN 'BACHELOR' WHEN 3 THEN 'BELOW' END,
  -- 1 married, 2 single, 3 others; 0 is not explained.
  CASE marriage WHEN 1 THEN 'MARRIED' WHEN 2 THEN 'SINGLE' WHEN 3 THEN 'OTHER' END
FROM (
  SELECT
    id,
    age::int AS age,
    education::int AS education,
    marriage::int AS marriage,
    greatest(
      pay_0::int, pay_2::int, pay_3::int, pay_4::int, pay_5::int, pay_6::int
    ) AS worst,
    -- A digit a month, the oldest first: 1 where it was overdue.
    concat(
      (pay_6::int >= 1)::int, (pay_5::int >= 1)::int, (pay_4::int >= 1)::int,
      (pay_3::int >= 1)::int, (pay_2::int >= 1)::int, (pay_0::int >= 1)::int
    ) AS overdue
  FROM uci
) AS u
ON CONFLICT (customer, as_of) DO UPDATE SET
  overdue_months_24m = excluded.overdue_months_24m,
  overdue_max_run_24m = excluded.overdue_max_run_24m,
  overdue_max_days_60m = excluded.overdue_max_days_60m,
  age_years = excluded.age_years,
  education = excluded.education,
  family_status = excluded.family_status
WHERE (
  m.overdue_months_24m, m.overdue_max_run_24m, m.overdue_max_days_60m,
  m.age_years, m.education, m.family_status
) IS DISTINCT FROM (
  excluded.overdue_months_24m, excluded.overdue_max_run_24m, excluded.overdue_max_days_60m,
  excluded.age_years, excluded.education, excluded.family_status
);
