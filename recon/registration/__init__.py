"""Finding how one picture lies on another: similarities of the plane, and volumes against slices. No Qt."""

from recon.registration.rigid import RigidMatch, register_volume, sweep_direction
from recon.registration.similarity import Match, PlaneImage, register_planes

__all__ = ["Match", "PlaneImage", "RigidMatch", "register_planes", "register_volume", "sweep_direction"]
