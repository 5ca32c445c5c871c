from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "collegium.connect"
    label = "connect"
    verbose_name = "Collegium connect"
