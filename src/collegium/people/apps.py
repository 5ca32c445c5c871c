from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "collegium.people"
    label = "people"
    verbose_name = "Collegium people"
