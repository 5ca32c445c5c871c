"""The statistics: arrays and plain dataclasses in, frozen results out.

Works after ``pip install collegium`` without settings, Django, a clock or a network. `measurement` finds out how a
group stands and how sure that is; `disclosure` decides what of it may be shown. Pages: docs/methods.
"""
