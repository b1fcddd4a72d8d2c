"""Many applicants at once: read in, scored chunk by chunk, written out."""
