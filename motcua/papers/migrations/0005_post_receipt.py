from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_kinds_of_the_counter")]

    operations = [
        migrations.AlterField(
            model_name="issuedpaper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submission_receipt", "submission_receipt"),
                    ("appointment_slip", "appointment_slip"),
                    ("supplement_notice", "supplement_notice"),
                    ("decline_notice", "decline_notice"),
                    ("control_sheet", "control_sheet"),
                    ("handover_record", "handover_record"),
                    ("result", "result"),
                    ("eform_print", "eform_print"),
                    ("apology_notice", "apology_notice"),
                    ("stop_notice", "stop_notice"),
                    ("cover_sheet", "cover_sheet"),
                    ("parcel_list", "parcel_list"),
                    ("post_receipt", "post_receipt"),
                    ("register", "register"),
                ],
                max_length=30,
            ),
        ),
    ]
