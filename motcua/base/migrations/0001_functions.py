"""Vietnamese text in SQL: folding for search, a tsvector of folded words, and the dictionary order.

Only core functions are used, so that any PostgreSQL from version 15 gives the same answers whatever its locale.
"""

from django.db import migrations

VI_FOLD = r"""
CREATE OR REPLACE FUNCTION vi_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
 translate(regexp_replace(lower(normalize(t, NFD) COLLATE "C"), U&'[\0300-\036F]', '', 'g'), 'ĐđÐð', 'dddd');
"""
VI_TSV = r"""
CREATE OR REPLACE FUNCTION vi_tsv(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
 to_tsvector('simple'::regconfig, regexp_replace(vi_fold(t), '[^a-z0-9]+', ' ', 'g'));
"""
VI_SORT = r"""
CREATE OR REPLACE FUNCTION vi_sort(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
 translate(regexp_replace(normalize(regexp_replace(translate(lower(normalize(t, NFD) COLLATE "C"), 'Đ', 'đ'),
   U&'[\0300\0301\0303\0309\0323]', '', 'g'), NFC), '[^a-z0-9ăâđêôơư]+', '!', 'g'),
   'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`a')
 || chr(1) || translate(regexp_replace(translate(lower(normalize(t, NFD) COLLATE "C"), 'Đ', 'đ'),
   U&'[^\0300\0301\0303\0309\0323a-z\0111 ]', '', 'g'),
   U&'\0300\0309\0303\0301\0323abcdefghijklmnopqrstuvwxyz\0111', '12345' || repeat('0', 27));
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(VI_FOLD, "DROP FUNCTION vi_fold(text)"),
        migrations.RunSQL(VI_TSV, "DROP FUNCTION vi_tsv(text)"),
        migrations.RunSQL(VI_SORT, "DROP FUNCTION vi_sort(text)"),
    ]
