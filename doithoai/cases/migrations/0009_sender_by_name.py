from django.db import migrations

# The key was "name|place", the name folded with the words of address somebody wrote before it: from
# now on it is the name without them. How many there are is read off the name as it was written.
# A surname is none of them: Chu, Cù, Cổ.
BARE = r"""
UPDATE cases_petition p SET sender_key = array_to_string(
  (string_to_array(split_part(p.sender_key, '|', 1), ' '))[1 + CASE WHEN s.speaker ~
    '^\s*([Ôô]ng|ÔNG|[Bb]à|BÀ|[Aa]nh|ANH|[Cc]hị|CHỊ|[Cc]ô|CÔ|'
    '[Cc]hú|CHÚ|[Bb]ác|BÁC|[Cc]ụ|CỤ|[Ee]m|EM|[Oo]ng|[Bb]a)[.]?\s+\S'
    THEN 1 ELSE 0 END :], ' ')
FROM cases_submission s WHERE s.id = p.submission_id AND p.sender_key <> ''
"""


class Migration(migrations.Migration):
    """The same sender is found again whoever fills in the village."""

    dependencies = [("cases", "0008_withdrawal_asked")]

    operations = [migrations.RunSQL(BARE, migrations.RunSQL.noop)]
