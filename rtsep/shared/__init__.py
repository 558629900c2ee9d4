"""The one block of shared memory that the control, audio and separator processes meet in."""
