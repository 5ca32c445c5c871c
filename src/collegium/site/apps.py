from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "collegium.site"
    label = "site"
    verbose_name = "Collegium site"

    def ready(self) -> None:
        """Give the fields of all forms the words of the house."""
        from collegium.site import field_words

        field_words.install()
