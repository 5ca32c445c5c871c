from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "collegium.guide"
    label = "guide"
    verbose_name = "Collegium guide"
