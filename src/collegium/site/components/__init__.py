"""The components of the design system, as template tags that every template has without loading them.

Arguments are keyword-only: a misspelt one is an error when the template is read. docs/reference/design.md lists the
calls; the gallery page shows each in every state.
"""
