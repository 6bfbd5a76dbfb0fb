from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agencies", "0003_counter_and_clock")]

    operations = [
        migrations.AlterField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[
                    ("department", "Sở, ban, ngành"),
                    ("public_service_unit", "Đơn vị sự nghiệp"),
                    ("peoples_committee", "Ủy ban nhân dân"),
                    ("service_center", "Trung tâm Phục vụ hành chính công"),
                    ("vertical", "Cơ quan ngành dọc"),
                    ("post", "Doanh nghiệp bưu chính công ích"),
                ],
                max_length=24,
            ),
        ),
    ]
