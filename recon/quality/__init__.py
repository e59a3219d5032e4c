"""Image quality, measured: sharpness in the plane and in depth, noise, contrast, ripple, effective thickness.

Every metric is a function of a `recon.slab.SlabSource` or of an image and its grid, so that live projections, stored
volumes and results of iterations are measured by the same code; `recon.quality.measure` simulates test objects for any
geometry and measures an algorithm on them. One file a metric:

- `mtf`: modulation transfer function in the plane, from a slanted wire or edge, or a row of beads;
- `profile`: slice sensitivity profile and artefact spread function of a bead;
- `noise`: noise power spectrum;
- `contrast`: contrast-to-noise ratio;
- `ripple`: repeated edges of what lies off the plane, artefact index;
- `thickness`: effective thickness, predicted without an image.
"""
