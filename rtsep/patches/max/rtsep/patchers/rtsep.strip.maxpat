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
      124.0,
      326.0
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
    "description": "One stem: fader, mute, solo, pan, kill, meter; its name is the argument.",
    "digest": "One stem: fader, mute, solo, pan, kill, meter; its name is the argument.",
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
            124,
            326
          ]
        }
      },
      {
        "box": {
          "id": "obj-2",
          "maxclass": "slider",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            182,
            100,
            22
          ],
          "outlettype": [
            ""
          ],
          "floatoutput": 1,
          "min": -1.0,
          "size": 2.0,
          "bgcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "knobcolor": [
            0.95,
            0.6,
            0.15,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            6,
            30,
            112,
            16
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
            70,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
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
            98,
            224,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/pan"
        }
      },
      {
        "box": {
          "id": "obj-5",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            126,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-6",
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
          "id": "obj-7",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            224,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-8",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            252,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/pan %f"
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            280,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-10",
          "maxclass": "slider",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            182,
            20,
            36
          ],
          "outlettype": [
            ""
          ],
          "floatoutput": 1,
          "min": 0.0,
          "size": 1.0,
          "bgcolor": [
            0.28,
            0.3,
            0.33,
            1.0
          ],
          "knobcolor": [
            0.95,
            0.6,
            0.15,
            1.0
          ],
          "presentation": 1,
          "presentation_rect": [
            12,
            68,
            36,
            166
          ]
        }
      },
      {
        "box": {
          "id": "obj-11",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            70,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            98,
            238,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/fader"
        }
      },
      {
        "box": {
          "id": "obj-13",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            126,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-14",
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
          "id": "obj-15",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            224,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            360,
            252,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/fader %f"
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            280,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-18",
          "maxclass": "multislider",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            700,
            182,
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
            54,
            68,
            20,
            166
          ]
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            70,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            98,
            238,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/meter/stem/%s"
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
            126,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-22",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            700,
            154,
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
          "id": "obj-23",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            1040,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 1,
          "text": "M",
          "texton": "M",
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
            82,
            68,
            36,
            26
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
            70,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
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
            98,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/mute"
        }
      },
      {
        "box": {
          "id": "obj-26",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            126,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-27",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
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
          "id": "obj-28",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            224,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-29",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            252,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/mute %ld"
        }
      },
      {
        "box": {
          "id": "obj-30",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1040,
            280,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-31",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            20,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 1,
          "text": "S",
          "texton": "S",
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
            82,
            98,
            36,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-32",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            326,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-33",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            354,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/solo"
        }
      },
      {
        "box": {
          "id": "obj-34",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            382,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-35",
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
          "id": "obj-36",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            480,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-37",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            508,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/solo %ld"
        }
      },
      {
        "box": {
          "id": "obj-38",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            536,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-39",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            360,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 1,
          "text": "K",
          "texton": "K",
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
          "ignoreclick": 1,
          "usebgoncolor": 1,
          "presentation": 1,
          "presentation_rect": [
            82,
            128,
            36,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-40",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            326,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-41",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            354,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/kill"
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
            382,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
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
          "id": "obj-44",
          "maxclass": "ubutton",
          "numinlets": 1,
          "numoutlets": 4,
          "patching_rect": [
            470,
            438,
            30,
            26
          ],
          "outlettype": [
            "bang",
            "bang",
            "",
            "int"
          ],
          "presentation": 1,
          "presentation_rect": [
            82,
            128,
            36,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-45",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            510,
            438,
            34,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "1"
        }
      },
      {
        "box": {
          "id": "obj-46",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            560,
            438,
            34,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "0"
        }
      },
      {
        "box": {
          "id": "obj-47",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            480,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-48",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            360,
            508,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/kill %ld"
        }
      },
      {
        "box": {
          "id": "obj-49",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            536,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-50",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            700,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 1,
          "text": "safe",
          "texton": "safe",
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
            82,
            208,
            36,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-51",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            326,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-52",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            354,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/safe"
        }
      },
      {
        "box": {
          "id": "obj-53",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            382,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-54",
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
          "id": "obj-55",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            480,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-56",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            700,
            508,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/safe %ld"
        }
      },
      {
        "box": {
          "id": "obj-57",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
            536,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-58",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1040,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "minimum": -144.0,
          "maximum": 12.0,
          "presentation": 1,
          "presentation_rect": [
            12,
            240,
            62,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-59",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            326,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
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
            354,
            252,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/gain_db"
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
            382,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-62",
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
          "id": "obj-63",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            480,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-64",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            508,
            245,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/gain_db %f"
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
            536,
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
          "maxclass": "umenu",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            20,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            ""
          ],
          "items": [
            "none",
            ",",
            "a",
            ",",
            "b"
          ],
          "presentation": 1,
          "presentation_rect": [
            48,
            268,
            70,
            22
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
            582,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
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
            610,
            231,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/side"
        }
      },
      {
        "box": {
          "id": "obj-69",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            638,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-70",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            666,
            133,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend setsymbol"
        }
      },
      {
        "box": {
          "id": "obj-71",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            736,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-72",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            20,
            764,
            224,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/side %s"
        }
      },
      {
        "box": {
          "id": "obj-73",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            792,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-74",
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
          "minimum": -1,
          "maximum": 255,
          "presentation": 1,
          "presentation_rect": [
            48,
            296,
            70,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-75",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            582,
            91,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess #1"
        }
      },
      {
        "box": {
          "id": "obj-76",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            610,
            245,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf set /rtsep/stem/%s/output"
        }
      },
      {
        "box": {
          "id": "obj-77",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            638,
            63,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive"
        }
      },
      {
        "box": {
          "id": "obj-78",
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
          "id": "obj-79",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            736,
            84,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend #1"
        }
      },
      {
        "box": {
          "id": "obj-80",
          "maxclass": "newobj",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            360,
            764,
            245,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "sprintf /rtsep/stem/%s/output %ld"
        }
      },
      {
        "box": {
          "id": "obj-81",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
            792,
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
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            220,
            12,
            42,
            20
          ],
          "outlettype": [],
          "text": "stem",
          "fontface": 1,
          "textjustification": 1,
          "presentation": 1,
          "presentation_rect": [
            6,
            6,
            112,
            20
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
            100,
            12,
            119,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "loadmess set #1"
        }
      },
      {
        "box": {
          "id": "obj-84",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "left        right",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            6,
            47,
            112,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-85",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            340,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "dB",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            82,
            242,
            36,
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
            500,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "side",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            6,
            270,
            40,
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
            660,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "out",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            6,
            298,
            40,
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
            "obj-5",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-5",
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
            "obj-6",
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
            "obj-7",
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
            "obj-8",
            0
          ],
          "destination": [
            "obj-9",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-2",
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
            "obj-11",
            0
          ],
          "destination": [
            "obj-12",
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
            "obj-14",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-14",
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
            "obj-17",
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
            "obj-15",
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
            "obj-20",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-20",
            0
          ],
          "destination": [
            "obj-21",
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
            "obj-18",
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
            "obj-26",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-26",
            0
          ],
          "destination": [
            "obj-27",
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
            "obj-23",
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
            "obj-29",
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
            "obj-30",
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
            "obj-28",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-32",
            0
          ],
          "destination": [
            "obj-33",
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
            "obj-35",
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
            "obj-31",
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
            "obj-38",
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
            "obj-36",
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
            "obj-41",
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
            "obj-42",
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
            "obj-39",
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
            "obj-48",
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
            "obj-44",
            1
          ],
          "destination": [
            "obj-45",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-44",
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
            "obj-45",
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
            "obj-46",
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
            "obj-52",
            0
          ],
          "destination": [
            "obj-53",
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
            "obj-50",
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
            "obj-56",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-56",
            0
          ],
          "destination": [
            "obj-57",
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
            "obj-55",
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
            "obj-60",
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
            "obj-62",
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
            "obj-58",
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
            "obj-58",
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
            "obj-69",
            0
          ],
          "order": 0
        }
      },
      {
        "patchline": {
          "source": [
            "obj-69",
            0
          ],
          "destination": [
            "obj-70",
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
            "obj-66",
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
            "obj-72",
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
            "obj-66",
            1
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
            "obj-76",
            0
          ],
          "destination": [
            "obj-77",
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
            "obj-78",
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
            "obj-74",
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
            "obj-83",
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
