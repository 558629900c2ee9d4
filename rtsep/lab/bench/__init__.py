"""`rtsep bench`: what separators and the host cost on this machine, and what it can sustain."""
