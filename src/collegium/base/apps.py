from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "collegium.base"
    label = "base"
    verbose_name = "Collegium base"

    def ready(self) -> None:
        """Word the errors that any room may raise."""
        from collegium.base import errors, wording

        errors.register_wordings(wording.WORDINGS)
