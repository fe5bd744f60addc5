-- The file knows countries, no branches and no managers. So that the staff desk has lists to page and
-- to search, each country gets an invented branch and an invented manager.
INSERT INTO branches AS b (branch, name, name_en)
VALUES
  ('churn-france', '法国分行', 'France branch'),
  ('churn-germany', '德国分行', 'Germany branch'),
  ('churn-spain', '西班牙分行', 'Spain branch')
ON CONFLICT (branch) DO UPDATE SET name = excluded.name, name_en = excluded.name_en
WHERE (b.name, b.name_en) IS DISTINCT FROM (excluded.name, excluded.name_en);

INSERT INTO managers AS m (manager, name, phone, branch, duties)
VALUES
  ('churn-m-france', '林岚', '021-5550-0101', 'churn-france', ARRAY['client-manager']),
  ('churn-m-germany', '何川', '021-5550-0102', 'churn-germany', ARRAY['client-manager']),
  ('churn-m-spain', '沈禾', '021-5550-0103', 'churn-spain', ARRAY['client-manager'])
ON CONFLICT (manager) DO UPDATE SET
  name = excluded.name, phone = excluded.phone, branch = excluded.branch, duties = excluded.duties
WHERE (m.name, m.phone, m.branch, m.duties)
  IS DISTINCT FROM (excluded.name, excluded.phone, excluded.branch, excluded.duties);

-- The file has no date. 31 December 2022 stands for the day it tells of, and is invented.
INSERT INTO customers AS c (customer, name, locale, branch, client_manager, as_of)
SELECT
  'churn-' || customer_id,
  surname,
  'en',
  'churn-' || lower(geography),
  'churn-m-' || lower(geography),
  DATE '2022-12-31'
FROM churn
ON CONFLICT (customer) DO UPDATE SET
  name = excluded.name, locale = excluded.locale, branch = excluded.branch,
  client_manager = excluded.client_manager, as_of = excluded.as_of
WHERE (c.name, c.locale, c.branch, c.client_manager, c.as_of)
  IS DISTINCT FROM
  (excluded.name, excluded.locale, excluded.branch, excluded.client_manager, excluded.as_of);

-- The card, of those who have one. The file names a card type of the others too: it isn't taken.
INSERT INTO holdings AS h (customer, id, kind, name, name_en, as_of)
SELECT
  'churn-' || customer_id,
  'card',
  'CARD',
  CASE card_type
    WHEN 'SILVER' THEN '银卡' WHEN 'GOLD' THEN '金卡'
    WHEN 'PLATINUM' THEN '白金卡' WHEN 'DIAMOND' THEN '钻石卡'
    ELSE '信用卡'
  END,
  CASE card_type
    WHEN 'SILVER' THEN 'Silver card' WHEN 'GOLD' THEN 'Gold card'
    WHEN 'PLATINUM' THEN 'Platinum card' WHEN 'DIAMOND' THEN 'Diamond card'
    ELSE 'Credit card'
  END,
  DATE '2022-12-31'
FROM churn
WHERE has_cr_card = '1'
ON CONFLICT (customer, id) DO UPDATE SET
  kind = excluded.kind, name = excluded.name, name_en = excluded.name_en, as_of = excluded.as_of
WHERE (h.kind, h.name, h.name_en, h.as_of)
  IS DISTINCT FROM (excluded.kind, excluded.name, excluded.name_en, excluded.as_of);

-- Tenure is told in whole years, so the day since when (customers.since) stays unknown. Balance and
-- salary are amounts of another currency and stay out; so do score, complaint and satisfaction, which
-- are made up: the latter is uniform noise.
INSERT INTO metrics AS m (customer, as_of, age_years, relationship_months, products_held)
SELECT
  'churn-' || customer_id,
  DATE '2022-12-31',
  age::int,
  tenure::int * 12,
  num_of_products::int
FROM churn
ON CONFLICT (customer, as_of) DO UPDATE SET
  age_years = excluded.age_years,
  relationship_months = excluded.relationship_months,
  products_held = excluded.products_held
WHERE (m.age_years, m.relationship_months, m.products_held)
  IS DISTINCT FROM (excluded.age_years, excluded.relationship_months, excluded.products_held);
