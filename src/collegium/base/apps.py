from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "collegium.base"
    label = "base"
    verbose_name = "Collegium base"
