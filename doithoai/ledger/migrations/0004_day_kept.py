from django.db import migrations

# A clock of the web's that runs a little ahead begins the new day before the database does: then
# the entry is the old day's. Twenty-five hours: a local day may be that long where clocks change.
FORWARD = """
CREATE FUNCTION ledger_day_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entered_at > clock_timestamp() AND NEW.entered_at < clock_timestamp() + interval '2 min'
  THEN
    NEW.entered_at := NEW.entered_at - interval '1 day';
  END IF;
  IF NEW.entered_at > clock_timestamp()
    OR NEW.entered_at < clock_timestamp() - interval '25 hours'
    OR NEW.entered_at <> date_bin('15 min', NEW.entered_at, timestamptz '2000-01-01 00:00+00')
  THEN
    RAISE EXCEPTION 'ledger: an entry of a sealed matter is of the day the database has';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_day BEFORE INSERT ON ledger_entry
  FOR EACH ROW WHEN (NEW.ordinal > 0) EXECUTE FUNCTION ledger_day_kept();
"""

BACKWARD = """
DROP TRIGGER ledger_entry_day ON ledger_entry;
DROP FUNCTION ledger_day_kept();
"""


class Migration(migrations.Migration):
    """The coarse moment of a sealed entry is a quarter of an hour at the finest, of today."""

    dependencies = [("ledger", "0003_day_of_sealed")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
