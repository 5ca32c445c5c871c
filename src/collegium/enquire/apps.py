from django.apps import AppConfig


class EnquireConfig(AppConfig):
    name = "collegium.enquire"
    label = "enquire"
    verbose_name = "Collegium enquire"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.enquire import registrations

        registrations.register_all()
