from django.db import migrations

FORWARD = """
UPDATE docket_access a SET received_on = m.received_on FROM docket_matter m WHERE m.id = a.matter_id;
CREATE FUNCTION docket_access_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT received_on INTO NEW.received_on FROM docket_matter WHERE id = NEW.matter_id;
  RETURN NEW;
END $$;
CREATE TRIGGER docket_access_received BEFORE INSERT OR UPDATE OF matter_id ON docket_access
  FOR EACH ROW EXECUTE FUNCTION docket_access_received();
CREATE FUNCTION docket_matter_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE docket_access SET received_on = NEW.received_on WHERE matter_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER docket_matter_received AFTER UPDATE OF received_on ON docket_matter
  FOR EACH ROW WHEN (OLD.received_on IS DISTINCT FROM NEW.received_on)
  EXECUTE FUNCTION docket_matter_received();
"""

BACKWARD = """
DROP TRIGGER docket_matter_received ON docket_matter;
DROP FUNCTION docket_matter_received();
DROP TRIGGER docket_access_received ON docket_access;
DROP FUNCTION docket_access_received();
"""


class Migration(migrations.Migration):
    """Every row of access carries its matter's day of receipt, whoever writes it."""

    dependencies = [("docket", "0008_received_on")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
