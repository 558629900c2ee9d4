"""How much each cue counts, and each stem's claim before any cue: the only numbers here that came from music.

Found by minimising the squared error of the masked frames, relative to each stem's energy (L-BFGS on the log of it),
on 40 s each of five songs of "Everything Is Free" by Software-Entwicklungskit (CC0) and on seven mixtures of 16 s made of
free samples of acoustic and electronic instruments, speech and singing. 144 numbers: a table to read, not a network.
"""

WEIGHT_KNOTS_HZ = (80.0, 500.0, 4000.0)
BIAS_KNOTS_HZ = (50.0, 120.0, 300.0, 900.0, 3000.0, 9000.0)

WEIGHTS = (
    (  # 80 Hz: vocals, drums, bass
        (-0.06, -0.085, 0.104, -0.089, -0.029, -0.124, -0.14, 0.024, -0.099, -0.213, 0.076, 0.156),
        (-0.066, -0.014, -0.158, 0.214, -0.311, -0.295, 0.268, 0.28, 0.073, -0.18, 0.085, 0.211),
        (-0.399, 0.092, -0.194, 0.101, -0.059, -0.21, -0.033, 0.049, 0.475, -0.231, 0.183, 0.118),
    ),
    (  # 500 Hz: vocals, drums, bass
        (0.065, 0.058, 0.115, 0.058, -0.096, 0.277, -0.119, 0.058, 0.208, -0.843, -0.013, -0.026),
        (0.165, 0.064, -0.009, -0.306, -0.122, -0.129, 0.251, 0.229, 0.158, -0.267, 0.23, -0.537),
        (0.049, -0.125, 0.1, -0.255, 0.025, -0.238, -0.231, 0.19, 0.508, -0.239, 0.045, -0.119),
    ),
    (  # 4000 Hz: vocals, drums, bass
        (0.063, 0.079, -0.005, -0.093, -0.116, 0.136, -0.139, -0.154, 0.142, -0.196, 0.032, 0.156),
        (-0.023, 0.028, -0.119, -0.114, -0.174, 0.001, 0.109, 0.17, -0.011, -0.059, 0.256, -0.143),
        (-0.024, 0.006, 0.054, -0.111, -0.107, -0.102, 0.04, 0.092, 0.126, -0.066, 0.035, -0.07),
    ),
)
"""Per knot and stem, the weight of each of `CUES`, in nepers of power per unit of the cue."""

BIASES = (
    (  # mid: (vocals, drums, bass) per knot
        (-1.037, -1.077, -0.98),
        (1.409, 1.01, 0.962),
        (-0.106, 0.231, -0.037),
        (0.322, 0.378, -0.061),
        (0.12, -0.243, -0.141),
        (0.111, 0.33, -0.082),
    ),
    (  # side: (vocals, drums, bass) per knot
        (-0.035, -0.229, -0.105),
        (-0.221, -0.294, -0.517),
        (-0.114, -0.304, -0.533),
        (0.598, -0.278, -0.222),
        (0.253, -0.262, -0.069),
        (0.275, -0.119, -0.034),
    ),
)
"""Per channel and knot, the log claim (nepers of power) of each stem before any cue is seen."""
