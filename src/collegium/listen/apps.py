from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "collegium.listen"
    label = "listen"
    verbose_name = "Collegium listen"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.listen import registrations

        registrations.register_all()
