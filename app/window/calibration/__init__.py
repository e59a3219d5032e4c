"""The pages on which a monitor is measured: its greys and its size."""
