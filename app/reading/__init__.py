"""What a reader does to a study, as frozen values: arrangement, placement, calibration, findings. No Qt."""
