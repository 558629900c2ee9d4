"""`rtsep trace`: a running host's timing events, read without disturbing it, and told as a picture and as figures."""
