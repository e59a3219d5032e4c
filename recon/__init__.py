"""The physics of Bocage: geometry, preprocessing, filtering, back projection, simulation.

No Qt and no DICOM here; any script may import it. World frame (millimetres, right-handed): x along
detector columns (right), y along detector rows (down), z from the detector towards the tube, origin at
the centre of the (virtual) detector's surface. A slice's *height* is its z.
"""
