from django.apps import AppConfig


class DecideConfig(AppConfig):
    name = "collegium.decide"
    label = "decide"
    verbose_name = "Collegium decide"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.decide import registrations

        registrations.register_all()
