"""Writing DICOM: projections, radiographs and reconstructed slices.

There is no SOP class for general tomosynthesis. Projections are single-frame *Digital X-Ray Image, For Processing*, or
*Breast Projection X-Ray Image*; radiographs are *Digital X-Ray Image, For Presentation*. Slices are written as what is
wanted (`SliceKind`): DX slices with the X-Ray Tomography Acquisition module, which every station opens, by default, and
*Breast Tomosynthesis Image* for the breast.
"""

from __future__ import annotations

from app.dicom.write.breast import write_breast_projections
from app.dicom.write.encoding import Encoding
from app.dicom.write.facts import Acquisition, ExposureFacts, ReconstructionFacts, SourceImage, StudyFacts
from app.dicom.write.kinds import CT_WARNING, SliceKind, recommended, why_not
from app.dicom.write.projections import GEOMETRY_FILE, write_projections
from app.dicom.write.radiograph import write_radiograph
from app.dicom.write.series import WrittenSeries
from app.dicom.write.slices import VOLUME_FILE, write_slices
from app.dicom.write.sources import Sources, read_sources, source_images

__all__ = [
    "CT_WARNING",
    "GEOMETRY_FILE",
    "VOLUME_FILE",
    "Acquisition",
    "Encoding",
    "ExposureFacts",
    "ReconstructionFacts",
    "SliceKind",
    "SourceImage",
    "Sources",
    "StudyFacts",
    "WrittenSeries",
    "read_sources",
    "recommended",
    "source_images",
    "why_not",
    "write_breast_projections",
    "write_projections",
    "write_radiograph",
    "write_slices",
]
