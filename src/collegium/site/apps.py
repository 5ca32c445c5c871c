from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "collegium.site"
    label = "site"
    verbose_name = "Collegium site"
