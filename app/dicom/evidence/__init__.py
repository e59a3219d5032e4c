"""What a reader made of a study, as DICOM objects beside it, and back.

Measurements and findings are a Comprehensive 3D SR document after TID 1500 (PS3.16), key images a Key Object Selection
document (TID 2010), how pictures are shown a Grayscale Softcopy Presentation State (PS3.4 N), and pictures of the
screen Secondary Capture images. All of them belong to the study that was read and refer to its images.

Slices computed from projections are stored nowhere. What was measured on them is written in three-dimensional
coordinates of the frame of reference; those that are kept as key images or whose presentation is saved are written
as Digital X-Ray images with the tomography module (`app.dicom.write.write_slices`), so that key objects and
presentations have an image to refer to, and every station shows the slice itself and not a copy of the screen.

`write` writes, `read` reads one file each, `restore` puts what was read where it stood. pydicom and highdicom are
imported on worker threads only.
"""
