from django.db import migrations

FORWARD = """
INSERT INTO docket_counter (body_id, register, year, last)
  SELECT body_id, 'sealed', year, last FROM docket_counter WHERE register = 'petitions_sealed'
ON CONFLICT (body_id, register, year)
  DO UPDATE SET last = greatest(docket_counter.last, EXCLUDED.last);
DELETE FROM docket_counter WHERE register = 'petitions_sealed';
"""

BACKWARD = """
INSERT INTO docket_counter (body_id, register, year, last)
  SELECT body_id, 'petitions_sealed', year, last FROM docket_counter WHERE register = 'sealed'
ON CONFLICT (body_id, register, year)
  DO UPDATE SET last = greatest(docket_counter.last, EXCLUDED.last);
"""


class Migration(migrations.Migration):
    """What is sealed stands in one register of a body, whichever way it came; two counters gave the
    same number twice.
    """

    dependencies = [("docket", "0011_codes_in_order")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
