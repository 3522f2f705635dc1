from django.db import migrations

# Lines written so far say from now on what was known of the person until today.
SAID = """
UPDATE reception_visit v SET came_name = p.name, came_identity = p.identity,
  came_number = p.number, came_phone = p.phone, came_address = p.address
FROM reception_person p WHERE v.person_id = p.id AND NOT v.sealed
"""
# Numbers as they are looked for: a passport's letter a capital, a telephone as within the country.
WRITTEN = r"""
UPDATE reception_person SET number = upper(number) WHERE number <> upper(number);
UPDATE reception_person SET phone = regexp_replace(phone, '^(\+|00)?84', '0')
WHERE phone ~ '^(\+|00)?84[0-9]{8,10}$'
"""
# A card and a personal identification number with the same digits: of one name one person, who has
# the visits of both; of another name the later row loses the number, which its visit keeps.
TWICE = """
CREATE TEMPORARY TABLE twice ON COMMIT DROP AS
SELECT p.id, k.id AS kept, p.folded = k.folded AS same FROM reception_person p,
  LATERAL (SELECT f.id, f.folded FROM reception_person f
    WHERE f.body_id = p.body_id AND f.number = p.number ORDER BY f.first_seen, f.id LIMIT 1) k
WHERE p.number <> '' AND k.id <> p.id;
UPDATE reception_visit v SET person_id = t.kept FROM twice t WHERE t.same AND v.person_id = t.id;
INSERT INTO reception_visit_representatives (visit_id, person_id)
SELECT r.visit_id, t.kept FROM reception_visit_representatives r
JOIN twice t ON t.same AND r.person_id = t.id ON CONFLICT DO NOTHING;
DELETE FROM reception_visit_representatives r USING twice t WHERE t.same AND r.person_id = t.id;
DELETE FROM reception_person p USING twice t WHERE t.same AND p.id = t.id;
UPDATE reception_person p SET number = '', identity = 'none' FROM twice t
WHERE NOT t.same AND p.id = t.id
"""


class Migration(migrations.Migration):
    """What is kept already, as it is kept from now on."""

    dependencies = [("reception", "0005_said_at_the_visit")]

    operations = [
        migrations.RunSQL(SAID, migrations.RunSQL.noop),
        migrations.RunSQL(WRITTEN, migrations.RunSQL.noop),
        migrations.RunSQL(TWICE, migrations.RunSQL.noop),
    ]
