from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "collegium.talk"
    label = "talk"
    verbose_name = "Collegium talk"
