from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "collegium.people"
    label = "people"
    verbose_name = "Collegium people"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.people import registrations

        registrations.register_all()
