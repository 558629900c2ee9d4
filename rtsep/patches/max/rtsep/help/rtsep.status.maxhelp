{
  "patcher": {
    "fileversion": 1,
    "appversion": {
      "major": 8,
      "minor": 5,
      "revision": 5,
      "architecture": "x64",
      "modernui": 1
    },
    "classnamespace": "box",
    "rect": [
      85.0,
      104.0,
      820.0,
      1348.0
    ],
    "bglocked": 0,
    "openinpresentation": 0,
    "default_fontsize": 12.0,
    "default_fontface": 0,
    "default_fontname": "Arial",
    "gridonopen": 1,
    "gridsize": [
      15.0,
      15.0
    ],
    "gridsnaponopen": 1,
    "objectsnaponopen": 1,
    "statusbarvisible": 2,
    "toolbarvisible": 1,
    "lefttoolbarpinned": 0,
    "toptoolbarpinned": 0,
    "righttoolbarpinned": 0,
    "bottomtoolbarpinned": 0,
    "toolbars_unpinned_last_save": 0,
    "tallnewobj": 0,
    "boxanimatetime": 200,
    "enablehscroll": 1,
    "enablevscroll": 1,
    "devicewidth": 0.0,
    "description": "How rtsep is doing; takes, separator, session.",
    "digest": "How rtsep is doing; takes, separator, session.",
    "tags": "rtsep OSC",
    "style": "",
    "subpatcher_template": "",
    "assistshowspatchername": 0,
    "boxes": [
      {
        "box": {
          "id": "obj-1",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            14,
            98,
            20
          ],
          "outlettype": [],
          "text": "rtsep.status",
          "fontsize": 20.0,
          "fontface": 1
        }
      },
      {
        "box": {
          "id": "obj-2",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            44,
            336,
            20
          ],
          "outlettype": [],
          "text": "How rtsep is doing; takes, separator, session."
        }
      },
      {
        "box": {
          "id": "obj-3",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            66,
            105,
            20
          ],
          "outlettype": [],
          "text": "No arguments."
        }
      },
      {
        "box": {
          "id": "obj-4",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            20,
            96,
            612,
            438
          ],
          "name": "rtsep.status.maxpat",
          "bgmode": 0,
          "border": 0,
          "clickthrough": 0,
          "enablehscroll": 0,
          "enablevscroll": 0,
          "lockeddragscroll": 0,
          "viewvisibility": 1,
          "outlettype": [
            "float",
            "",
            ""
          ],
          "offset": [
            0.0,
            0.0
          ],
          "args": []
        }
      },
      {
        "box": {
          "id": "obj-5",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            568,
            728,
            20
          ],
          "outlettype": [],
          "text": "Each message below is one that rtsep understands; without a value it is a question, and rtsep answers."
        }
      },
      {
        "box": {
          "id": "obj-6",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1308,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-7",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            596,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/latency_ms"
        }
      },
      {
        "box": {
          "id": "obj-8",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            222,
            597,
            448,
            20
          ],
          "outlettype": [],
          "text": "From input jack to output jack, as declared: the whole budget."
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            624,
            161,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/latency"
        }
      },
      {
        "box": {
          "id": "obj-10",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            201,
            625,
            147,
            20
          ],
          "outlettype": [],
          "text": "The same in frames."
        }
      },
      {
        "box": {
          "id": "obj-11",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            652,
            245,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/latency_measured_ms"
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            285,
            653,
            707,
            20
          ],
          "outlettype": [],
          "text": "The same as measured while playing, by a latency marker that a cable brings back; 0: there is none."
        }
      },
      {
        "box": {
          "id": "obj-13",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            680,
            189,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/sample_rate"
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            229,
            681,
            112,
            20
          ],
          "outlettype": [],
          "text": "Of the device."
        }
      },
      {
        "box": {
          "id": "obj-15",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            708,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/block"
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            709,
            161,
            20
          ],
          "outlettype": [],
          "text": "Frames in a callback."
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            736,
            154,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/device"
        }
      },
      {
        "box": {
          "id": "obj-18",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            194,
            737,
            126,
            20
          ],
          "outlettype": [],
          "text": "The open device."
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            764,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/audio"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            765,
            203,
            20
          ],
          "outlettype": [],
          "text": "State of the audio process."
        }
      },
      {
        "box": {
          "id": "obj-21",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            792,
            175,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/separator"
        }
      },
      {
        "box": {
          "id": "obj-22",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            215,
            793,
            231,
            20
          ],
          "outlettype": [],
          "text": "State of the separator process."
        }
      },
      {
        "box": {
          "id": "obj-23",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            820,
            161,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/runtime"
        }
      },
      {
        "box": {
          "id": "obj-24",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            201,
            821,
            245,
            20
          ],
          "outlettype": [],
          "text": "What the separator computes with."
        }
      },
      {
        "box": {
          "id": "obj-25",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            848,
            161,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/latched"
        }
      },
      {
        "box": {
          "id": "obj-26",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            201,
            849,
            357,
            20
          ],
          "outlettype": [],
          "text": "Over to dry until the separator keeps time again."
        }
      },
      {
        "box": {
          "id": "obj-27",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            876,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/xruns"
        }
      },
      {
        "box": {
          "id": "obj-28",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            877,
            336,
            20
          ],
          "outlettype": [],
          "text": "Under- and overflows that the device reported."
        }
      },
      {
        "box": {
          "id": "obj-29",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            904,
            175,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/late_hops"
        }
      },
      {
        "box": {
          "id": "obj-30",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            215,
            905,
            266,
            20
          ],
          "outlettype": [],
          "text": "Hops that came too late to be heard."
        }
      },
      {
        "box": {
          "id": "obj-31",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            932,
            224,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/missed_positions"
        }
      },
      {
        "box": {
          "id": "obj-32",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            264,
            933,
            315,
            20
          ],
          "outlettype": [],
          "text": "Device time that passed without a callback."
        }
      },
      {
        "box": {
          "id": "obj-33",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            960,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/clips"
        }
      },
      {
        "box": {
          "id": "obj-34",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            961,
            273,
            20
          ],
          "outlettype": [],
          "text": "Samples of the mix beyond full scale."
        }
      },
      {
        "box": {
          "id": "obj-35",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            988,
            168,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/restarts"
        }
      },
      {
        "box": {
          "id": "obj-36",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            208,
            989,
            336,
            20
          ],
          "outlettype": [],
          "text": "Restarts of the audio and separator processes."
        }
      },
      {
        "box": {
          "id": "obj-37",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1016,
            168,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/status/dsp_load"
        }
      },
      {
        "box": {
          "id": "obj-38",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            208,
            1017,
            336,
            20
          ],
          "outlettype": [],
          "text": "Typical compute of a hop against its deadline."
        }
      },
      {
        "box": {
          "id": "obj-39",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1044,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/record/start"
        }
      },
      {
        "box": {
          "id": "obj-40",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            1045,
            630,
            20
          ],
          "outlettype": [],
          "text": "Record mix and stems into that folder; without one, into a new folder named by the time."
        }
      },
      {
        "box": {
          "id": "obj-41",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1072,
            140,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/record/stop"
        }
      },
      {
        "box": {
          "id": "obj-42",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            1073,
            105,
            20
          ],
          "outlettype": [],
          "text": "End the take."
        }
      },
      {
        "box": {
          "id": "obj-43",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1100,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/record/state"
        }
      },
      {
        "box": {
          "id": "obj-44",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            1101,
            301,
            20
          ],
          "outlettype": [],
          "text": "Where to and how long, or why it stopped."
        }
      },
      {
        "box": {
          "id": "obj-45",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1128,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/separator/load name"
        }
      },
      {
        "box": {
          "id": "obj-46",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            236,
            1129,
            623,
            20
          ],
          "outlettype": [],
          "text": "The separator that plays, by its name, or a file by its path; writing it switches live."
        }
      },
      {
        "box": {
          "id": "obj-47",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1156,
            161,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/separator/next"
        }
      },
      {
        "box": {
          "id": "obj-48",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            201,
            1157,
            350,
            20
          ],
          "outlettype": [],
          "text": "The separator that gets ready to take its place."
        }
      },
      {
        "box": {
          "id": "obj-49",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1184,
            147,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/session/name"
        }
      },
      {
        "box": {
          "id": "obj-50",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            187,
            1185,
            245,
            20
          ],
          "outlettype": [],
          "text": "The session that is autosaved to."
        }
      },
      {
        "box": {
          "id": "obj-51",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1212,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/session/save name"
        }
      },
      {
        "box": {
          "id": "obj-52",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            222,
            1213,
            427,
            20
          ],
          "outlettype": [],
          "text": "Save the show under a name, and autosave there from now on."
        }
      },
      {
        "box": {
          "id": "obj-53",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1240,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/session/load name"
        }
      },
      {
        "box": {
          "id": "obj-54",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            222,
            1241,
            301,
            20
          ],
          "outlettype": [],
          "text": "Take over a saved show; the device stays."
        }
      },
      {
        "box": {
          "id": "obj-55",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1268,
            140,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/meter/input"
        }
      },
      {
        "box": {
          "id": "obj-56",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            1269,
            147,
            20
          ],
          "outlettype": [],
          "text": "Level of the input."
        }
      }
    ],
    "lines": [
      {
        "patchline": {
          "source": [
            "obj-7",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-9",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-11",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-13",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-15",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-17",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-19",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-21",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-23",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-25",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-27",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-29",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-31",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-33",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-35",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-37",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-39",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-41",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-43",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-45",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-47",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-49",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-51",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-53",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-55",
            0
          ],
          "destination": [
            "obj-6",
            0
          ],
          "order": 0
        }
      }
    ],
    "dependency_cache": [],
    "autosave": 0
  }
}
