"""The library that settings name as a builtin of every template; importing a module registers its components."""

from collegium.site.components import actions, feedback, figures, forms, lists, navigation, words
from collegium.site.components.registry import register

__all__ = ["actions", "feedback", "figures", "forms", "lists", "navigation", "register", "words"]
