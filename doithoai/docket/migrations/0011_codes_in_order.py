from django.db import migrations

FORWARD = """
CREATE FUNCTION docket_next_code(series text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$
DECLARE
  counter text := format('%I', 'docket_code_' || series);
  number text;
BEGIN
  IF series !~ '^[^[:space:]]{1,20}-$' THEN
    RAISE EXCEPTION 'docket: % is no series of codes', series;
  END IF;
  IF to_regclass(counter) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext(counter));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %s START %s', counter, (
      SELECT 1 + coalesce(max(substring(m.code FROM length(series) + 1)::bigint), 0)
      FROM docket_matter m
      WHERE m.code LIKE replace(replace(series, '%', '\\%'), '_', '\\_') || '%'
        AND substring(m.code FROM length(series) + 1) ~ '^[0-9]{1,18}$'
    ));
  END IF;
  number := nextval(counter::regclass)::text;
  RETURN series || lpad(number, greatest(6, length(number)), '0');
END $$;
REVOKE ALL ON FUNCTION docket_next_code(text) FROM PUBLIC;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT EXECUTE ON FUNCTION docket_next_code(text) TO doithoai_app;
  END IF;
END $$;
DROP SEQUENCE docket_code;
"""

BACKWARD = """
DROP FUNCTION docket_next_code(text);
CREATE SEQUENCE docket_code INCREMENT BY 100;
SELECT setval('docket_code', 1 + coalesce(
  (SELECT max(substring(code FROM '[0-9]{6,18}$')::bigint) FROM docket_matter
   WHERE code !~ '^S-'), 0), false);
DO $$
DECLARE
  counter text;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'doithoai_app') THEN
    GRANT USAGE ON SEQUENCE docket_code TO doithoai_app;
  END IF;
  FOR counter IN SELECT sequencename FROM pg_sequences
    WHERE schemaname = 'public' AND sequencename LIKE 'docket\\_code\\_%'
  LOOP
    EXECUTE format('DROP SEQUENCE %I', counter);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """Codes count from 1 in each series and year, drawn by the database in the statement that
    inserts the matter: no process keeps numbers for itself, and nobody waits for anybody.

    A series has a sequence of its own, made by its first code; one that is there goes on.
    """

    dependencies = [("docket", "0010_newest_first")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
