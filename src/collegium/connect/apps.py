from django.apps import AppConfig


class ConnectConfig(AppConfig):
    name = "collegium.connect"
    label = "connect"
    verbose_name = "Collegium connect"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.connect import registrations

        registrations.register_all()
