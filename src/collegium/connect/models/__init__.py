"""The tables of the room."""

from collegium.connect.models.analyses import WaveAnalysis
from collegium.connect.models.imports import TieImport
from collegium.connect.models.names import MapRefusal, NamePermission
from collegium.connect.models.waves import Tie, TieLayer, TieWave, WaveMember

__all__ = ["MapRefusal", "NamePermission", "Tie", "TieImport", "TieLayer", "TieWave", "WaveAnalysis", "WaveMember"]
