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
      612.0,
      438.0
    ],
    "bglocked": 0,
    "openinpresentation": 1,
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
          "maxclass": "panel",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            10,
            60,
            40
          ],
          "outlettype": [],
          "bgcolor": [
            0.82,
            0.84,
            0.86,
            1.0
          ],
          "background": 1,
          "rounded": 6,
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            0,
            0,
            612,
            438
          ]
        }
      },
      {
        "box": {
          "id": "obj-2",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            20,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            12,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-3",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            126,
            238,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/latency_ms"
        }
      },
      {
        "box": {
          "id": "obj-4",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            154,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-5",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            360,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            38,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-6",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            126,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/latency"
        }
      },
      {
        "box": {
          "id": "obj-7",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            154,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-8",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            700,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            64,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            126,
            301,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/latency_measured_ms"
        }
      },
      {
        "box": {
          "id": "obj-10",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            154,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-11",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1056,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            90,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1056,
            126,
            245,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/sample_rate"
        }
      },
      {
        "box": {
          "id": "obj-13",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1056,
            154,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            20,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            116,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-15",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            382,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/block"
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            410,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            438,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            142,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-18",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            382,
            210,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/device"
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            410,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
            438,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            168,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-21",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            382,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/audio"
        }
      },
      {
        "box": {
          "id": "obj-22",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            410,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-23",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1040,
            438,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            194,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-24",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            382,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/separator"
        }
      },
      {
        "box": {
          "id": "obj-25",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            410,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-26",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            694,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            220,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-27",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            638,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/runtime"
        }
      },
      {
        "box": {
          "id": "obj-28",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            666,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-29",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            360,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            246,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-30",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            638,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/latched"
        }
      },
      {
        "box": {
          "id": "obj-31",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            666,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-32",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            700,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            272,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-33",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            638,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/xruns"
        }
      },
      {
        "box": {
          "id": "obj-34",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            666,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-35",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1040,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            298,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-36",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            638,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/late_hops"
        }
      },
      {
        "box": {
          "id": "obj-37",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            666,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-38",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            20,
            950,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            324,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-39",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            894,
            280,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/missed_positions"
        }
      },
      {
        "box": {
          "id": "obj-40",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            922,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-41",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            360,
            950,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            350,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-42",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            894,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/clips"
        }
      },
      {
        "box": {
          "id": "obj-43",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            922,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-44",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            700,
            950,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            376,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-45",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            894,
            224,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/restarts"
        }
      },
      {
        "box": {
          "id": "obj-46",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            922,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-47",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1040,
            950,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "ignoreclick": 1,
          "presentation": 1,
          "presentation_rect": [
            130,
            402,
            150,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-48",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            894,
            224,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/status/dsp_load"
        }
      },
      {
        "box": {
          "id": "obj-49",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            922,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-50",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            20,
            1206,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "record",
          "texton": "record",
          "fontsize": 11.0,
          "bgcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "bgoncolor": [
            0.95,
            0.6,
            0.15,
            1.0
          ],
          "textcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textoncolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "rounded": 4.0,
          "ignoreclick": 0,
          "usebgoncolor": 1,
          "presentation": 1,
          "presentation_rect": [
            300,
            12,
            80,
            26
          ]
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
            1248,
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
          "id": "obj-52",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1276,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-53",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            360,
            1206,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "stop",
          "texton": "stop",
          "fontsize": 11.0,
          "bgcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "bgoncolor": [
            0.95,
            0.6,
            0.15,
            1.0
          ],
          "textcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textoncolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "rounded": 4.0,
          "ignoreclick": 0,
          "usebgoncolor": 1,
          "presentation": 1,
          "presentation_rect": [
            386,
            12,
            80,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-54",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            360,
            1248,
            154,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/record/stop 1"
        }
      },
      {
        "box": {
          "id": "obj-55",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            1276,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-56",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
            1206,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            300,
            44,
            300,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-57",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            1150,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/record/state"
        }
      },
      {
        "box": {
          "id": "obj-58",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            1178,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-59",
          "maxclass": "textedit",
          "numinlets": 1,
          "numoutlets": 4,
          "patching_rect": [
            1040,
            1206,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "",
            ""
          ],
          "keymode": 1,
          "lines": 1,
          "text": "",
          "presentation": 1,
          "presentation_rect": [
            400,
            90,
            200,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-60",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            1150,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/separator/load"
        }
      },
      {
        "box": {
          "id": "obj-61",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            1178,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-62",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 2,
          "patching_rect": [
            1150,
            1206,
            84,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "text": "route text"
        }
      },
      {
        "box": {
          "id": "obj-63",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1150,
            1234,
            70,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "tosymbol"
        }
      },
      {
        "box": {
          "id": "obj-64",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            1262,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/separator/load"
        }
      },
      {
        "box": {
          "id": "obj-65",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1040,
            1290,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-66",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1462,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            400,
            118,
            200,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-67",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1406,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/separator/next"
        }
      },
      {
        "box": {
          "id": "obj-68",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1434,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-69",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            1462,
            100,
            22
          ],
          "outlettype": [],
          "text": "",
          "bgcolor": [
            0.93,
            0.94,
            0.95,
            1.0
          ],
          "textcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            400,
            164,
            200,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-70",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            1406,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/session/name"
        }
      },
      {
        "box": {
          "id": "obj-71",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            1434,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend set"
        }
      },
      {
        "box": {
          "id": "obj-72",
          "maxclass": "textedit",
          "numinlets": 1,
          "numoutlets": 4,
          "patching_rect": [
            700,
            1462,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "",
            ""
          ],
          "keymode": 1,
          "lines": 1,
          "text": "",
          "presentation": 1,
          "presentation_rect": [
            400,
            190,
            200,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-73",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 2,
          "patching_rect": [
            810,
            1462,
            84,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "text": "route text"
        }
      },
      {
        "box": {
          "id": "obj-74",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            810,
            1490,
            70,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "tosymbol"
        }
      },
      {
        "box": {
          "id": "obj-75",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            1518,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/session/save"
        }
      },
      {
        "box": {
          "id": "obj-76",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
            1546,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-77",
          "maxclass": "textedit",
          "numinlets": 1,
          "numoutlets": 4,
          "patching_rect": [
            1380,
            1462,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "",
            ""
          ],
          "keymode": 1,
          "lines": 1,
          "text": "",
          "presentation": 1,
          "presentation_rect": [
            400,
            218,
            200,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-78",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 2,
          "patching_rect": [
            1490,
            1462,
            84,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "text": "route text"
        }
      },
      {
        "box": {
          "id": "obj-79",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1490,
            1490,
            70,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "tosymbol"
        }
      },
      {
        "box": {
          "id": "obj-80",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1380,
            1518,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/session/load"
        }
      },
      {
        "box": {
          "id": "obj-81",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1380,
            1546,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-82",
          "maxclass": "multislider",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            20,
            1718,
            20,
            36
          ],
          "outlettype": [
            "",
            ""
          ],
          "setminmax": [
            -60.0,
            0.0
          ],
          "settype": 1,
          "setstyle": 1,
          "size": 1,
          "ignoreclick": 1,
          "bgcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "slidercolor": [
            0.3,
            0.8,
            0.4,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            400,
            260,
            20,
            120
          ]
        }
      },
      {
        "box": {
          "id": "obj-83",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            1662,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/meter/input"
        }
      },
      {
        "box": {
          "id": "obj-84",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            20,
            1690,
            98,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "text": "unpack 0. 0."
        }
      },
      {
        "box": {
          "id": "obj-85",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "latency ms",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            13,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-86",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "latency",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            39,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-87",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            340,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "latency measured ms",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            65,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-88",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            500,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "sample rate",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            91,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-89",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            660,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "block",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            117,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-90",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            820,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "device",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            143,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-91",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            980,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "audio",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            169,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-92",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1140,
            1862,
            150,
            20
          ],
          "outlettype": [],
          "text": "separator",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            195,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-93",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "runtime",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            221,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-94",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "latched",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            247,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-95",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            340,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "xruns",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            273,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-96",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            500,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "late hops",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            299,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-97",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            660,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "missed positions",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            325,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-98",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            820,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "clips",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            351,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-99",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            980,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "restarts",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            377,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-100",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1140,
            1892,
            150,
            20
          ],
          "outlettype": [],
          "text": "dsp load",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            403,
            120,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-101",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "separator",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            92,
            96,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-102",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "coming",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            119,
            96,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-103",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            340,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "session",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            165,
            96,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-104",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            500,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "save as",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            192,
            96,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-105",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            660,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "load",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            220,
            96,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-106",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            820,
            1922,
            150,
            20
          ],
          "outlettype": [],
          "text": "input",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            300,
            260,
            96,
            18
          ]
        }
      }
    ],
    "lines": [
      {
        "patchline": {
          "source": [
            "obj-3",
            0
          ],
          "destination": [
            "obj-4",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-4",
            0
          ],
          "destination": [
            "obj-2",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-6",
            0
          ],
          "destination": [
            "obj-7",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-7",
            0
          ],
          "destination": [
            "obj-5",
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
            "obj-10",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-10",
            0
          ],
          "destination": [
            "obj-8",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-12",
            0
          ],
          "destination": [
            "obj-13",
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
            "obj-11",
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
            "obj-16",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-16",
            0
          ],
          "destination": [
            "obj-14",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-18",
            0
          ],
          "destination": [
            "obj-19",
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
            "obj-17",
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
            "obj-22",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-22",
            0
          ],
          "destination": [
            "obj-20",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-24",
            0
          ],
          "destination": [
            "obj-25",
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
            "obj-23",
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
            "obj-28",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-28",
            0
          ],
          "destination": [
            "obj-26",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-30",
            0
          ],
          "destination": [
            "obj-31",
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
            "obj-29",
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
            "obj-34",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-34",
            0
          ],
          "destination": [
            "obj-32",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-36",
            0
          ],
          "destination": [
            "obj-37",
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
            "obj-35",
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
            "obj-40",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-40",
            0
          ],
          "destination": [
            "obj-38",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-42",
            0
          ],
          "destination": [
            "obj-43",
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
            "obj-41",
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
            "obj-46",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-46",
            0
          ],
          "destination": [
            "obj-44",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-48",
            0
          ],
          "destination": [
            "obj-49",
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
            "obj-47",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-50",
            0
          ],
          "destination": [
            "obj-51",
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
            "obj-52",
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
            "obj-54",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-54",
            0
          ],
          "destination": [
            "obj-55",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-57",
            0
          ],
          "destination": [
            "obj-58",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-58",
            0
          ],
          "destination": [
            "obj-56",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-60",
            0
          ],
          "destination": [
            "obj-61",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-61",
            0
          ],
          "destination": [
            "obj-59",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-62",
            0
          ],
          "destination": [
            "obj-63",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-59",
            0
          ],
          "destination": [
            "obj-62",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-64",
            0
          ],
          "destination": [
            "obj-65",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-63",
            0
          ],
          "destination": [
            "obj-64",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-67",
            0
          ],
          "destination": [
            "obj-68",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-68",
            0
          ],
          "destination": [
            "obj-66",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-70",
            0
          ],
          "destination": [
            "obj-71",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-71",
            0
          ],
          "destination": [
            "obj-69",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-73",
            0
          ],
          "destination": [
            "obj-74",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-72",
            0
          ],
          "destination": [
            "obj-73",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-75",
            0
          ],
          "destination": [
            "obj-76",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-74",
            0
          ],
          "destination": [
            "obj-75",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-78",
            0
          ],
          "destination": [
            "obj-79",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-77",
            0
          ],
          "destination": [
            "obj-78",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-80",
            0
          ],
          "destination": [
            "obj-81",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-79",
            0
          ],
          "destination": [
            "obj-80",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-83",
            0
          ],
          "destination": [
            "obj-84",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-84",
            0
          ],
          "destination": [
            "obj-82",
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
