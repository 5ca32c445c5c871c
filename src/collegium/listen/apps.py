from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "collegium.listen"
    label = "listen"
    verbose_name = "Collegium listen"
