"""Many files to stems: over the cores of this machine, or over a cluster's; what is done already is left alone.

plan -> jobs -> pool (processes here) or cluster (Dask) -> work -> stems, staging, manifest
"""
