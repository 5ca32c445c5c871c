from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "collegium.guide"
    label = "guide"
    verbose_name = "Collegium guide"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.guide import registrations

        registrations.register_all()
