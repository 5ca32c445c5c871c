from django.apps import AppConfig


class IntendConfig(AppConfig):
    name = "collegium.intend"
    label = "intend"
    verbose_name = "Collegium intend"
