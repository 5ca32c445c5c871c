from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "collegium.site"
    label = "site"
    verbose_name = "Collegium site"

    def ready(self) -> None:
        """Give the fields of all forms the words of the house, and searches all letters."""
        from collegium.site import field_words, searching

        field_words.install()
        searching.install()
