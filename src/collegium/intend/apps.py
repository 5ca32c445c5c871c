from django.apps import AppConfig


class IntendConfig(AppConfig):
    name = "collegium.intend"
    label = "intend"
    verbose_name = "Collegium intend"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.intend import registrations

        registrations.register_all()
