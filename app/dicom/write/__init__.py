"""Writing DICOM: projections, radiographs and reconstructed slices.

There is no SOP class for general tomosynthesis. Projections are single-frame *Digital X-Ray Image, For Processing*;
slices and radiographs are *Digital X-Ray Image, For Presentation*. Slices carry the X-Ray Tomography Acquisition
module, and beyond the class's own modules (a Standard Extended object) their position, orientation and spacing, so
that every viewer stacks them and volume tools place them.
"""

from __future__ import annotations

from app.dicom.write.facts import ExposureFacts, ReconstructionFacts, SourceImage, StudyFacts, source_images
from app.dicom.write.projections import GEOMETRY_FILE, write_projections
from app.dicom.write.radiograph import write_radiograph
from app.dicom.write.series import WrittenSeries
from app.dicom.write.slices import write_slices

__all__ = [
    "GEOMETRY_FILE",
    "ExposureFacts",
    "ReconstructionFacts",
    "SourceImage",
    "StudyFacts",
    "WrittenSeries",
    "source_images",
    "write_projections",
    "write_radiograph",
    "write_slices",
]
