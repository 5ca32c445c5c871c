from django.apps import AppConfig


class DecideConfig(AppConfig):
    name = "collegium.decide"
    label = "decide"
    verbose_name = "Collegium decide"
