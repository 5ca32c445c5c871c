from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "collegium.talk"
    label = "talk"
    verbose_name = "Collegium talk"

    def ready(self) -> None:
        """Register what this room shows and measures."""
        from collegium.talk import registrations

        registrations.register_all()
