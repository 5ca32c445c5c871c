from django.apps import AppConfig


class EnquireConfig(AppConfig):
    name = "collegium.enquire"
    label = "enquire"
    verbose_name = "Collegium enquire"
