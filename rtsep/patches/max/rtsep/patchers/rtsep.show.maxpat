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
      700.0,
      306.0
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
    "description": "Quick states, scenes, set list, tempo.",
    "digest": "Quick states, scenes, set list, tempo.",
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
            740,
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
            700,
            306
          ]
        }
      },
      {
        "box": {
          "id": "obj-2",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            130,
            34,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            1
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            34,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-3",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            272,
            34,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            2
          ],
          "presentation": 1,
          "presentation_rect": [
            272,
            34,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-4",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            414,
            34,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            3
          ],
          "presentation": 1,
          "presentation_rect": [
            414,
            34,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-5",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            556,
            34,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            4
          ],
          "presentation": 1,
          "presentation_rect": [
            556,
            34,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-6",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            130,
            100,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            5
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            100,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-7",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            272,
            100,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            6
          ],
          "presentation": 1,
          "presentation_rect": [
            272,
            100,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-8",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            414,
            100,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            7
          ],
          "presentation": 1,
          "presentation_rect": [
            414,
            100,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            556,
            100,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            8
          ],
          "presentation": 1,
          "presentation_rect": [
            556,
            100,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-10",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            130,
            166,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            9
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            166,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-11",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            272,
            166,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            10
          ],
          "presentation": 1,
          "presentation_rect": [
            272,
            166,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-12",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            414,
            166,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            11
          ],
          "presentation": 1,
          "presentation_rect": [
            414,
            166,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-13",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            556,
            166,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            12
          ],
          "presentation": 1,
          "presentation_rect": [
            556,
            166,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            130,
            232,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            13
          ],
          "presentation": 1,
          "presentation_rect": [
            130,
            232,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-15",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            272,
            232,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            14
          ],
          "presentation": 1,
          "presentation_rect": [
            272,
            232,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            414,
            232,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            15
          ],
          "presentation": 1,
          "presentation_rect": [
            414,
            232,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-17",
          "maxclass": "bpatcher",
          "numinlets": 0,
          "numoutlets": 0,
          "patching_rect": [
            556,
            232,
            134,
            54
          ],
          "name": "rtsep.scene.maxpat",
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
          "args": [
            16
          ],
          "presentation": 1,
          "presentation_rect": [
            556,
            232,
            134,
            54
          ]
        }
      },
      {
        "box": {
          "id": "obj-18",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            740,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "acapella",
          "texton": "acapella",
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
            6,
            30,
            104,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            740,
            224,
            175,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/quick/acapella 1"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            740,
            252,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-21",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            1080,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "instrumental",
          "texton": "instrumental",
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
            6,
            60,
            104,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-22",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1080,
            224,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/quick/instrumental 1"
        }
      },
      {
        "box": {
          "id": "obj-23",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1080,
            252,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-24",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            1420,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "drums only",
          "texton": "drums only",
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
            6,
            90,
            104,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-25",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1420,
            224,
            189,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/quick/drums_only 1"
        }
      },
      {
        "box": {
          "id": "obj-26",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1420,
            252,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-27",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            1760,
            182,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "all",
          "texton": "all",
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
            6,
            120,
            104,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-28",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1760,
            224,
            140,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/quick/all 1"
        }
      },
      {
        "box": {
          "id": "obj-29",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1760,
            252,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-30",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            740,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "tap",
          "texton": "tap",
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
            6,
            154,
            50,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-31",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            740,
            480,
            140,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/tempo/tap 1"
        }
      },
      {
        "box": {
          "id": "obj-32",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            740,
            508,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-33",
          "maxclass": "flonum",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1080,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "minimum": 0.0,
          "maximum": 400.0,
          "presentation": 1,
          "presentation_rect": [
            60,
            156,
            50,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-34",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1080,
            382,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/tempo/bpm"
        }
      },
      {
        "box": {
          "id": "obj-35",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1080,
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
            1080,
            494,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/tempo/bpm"
        }
      },
      {
        "box": {
          "id": "obj-37",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1080,
            522,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-38",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1420,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "minimum": 0,
          "maximum": 64,
          "presentation": 1,
          "presentation_rect": [
            60,
            186,
            50,
            22
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
            1420,
            382,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/scene/quantise"
        }
      },
      {
        "box": {
          "id": "obj-40",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1420,
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
          "id": "obj-41",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1420,
            494,
            217,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/scene/quantise"
        }
      },
      {
        "box": {
          "id": "obj-42",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1420,
            522,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-43",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            1760,
            438,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "prev",
          "texton": "prev",
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
            6,
            216,
            50,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-44",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            1760,
            480,
            189,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/setlist/previous 1"
        }
      },
      {
        "box": {
          "id": "obj-45",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1760,
            508,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-46",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            740,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            "",
            "int"
          ],
          "mode": 0,
          "text": "next",
          "texton": "next",
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
            60,
            216,
            50,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-47",
          "maxclass": "message",
          "numinlets": 2,
          "numoutlets": 1,
          "patching_rect": [
            740,
            736,
            161,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "/rtsep/setlist/next 1"
        }
      },
      {
        "box": {
          "id": "obj-48",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            740,
            764,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-49",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1080,
            694,
            100,
            22
          ],
          "outlettype": [
            "",
            ""
          ],
          "minimum": 0,
          "maximum": 1000,
          "presentation": 1,
          "presentation_rect": [
            60,
            248,
            50,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-50",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1080,
            638,
            210,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/setlist/place"
        }
      },
      {
        "box": {
          "id": "obj-51",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1080,
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
          "id": "obj-52",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1080,
            750,
            210,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/setlist/place"
        }
      },
      {
        "box": {
          "id": "obj-53",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1080,
            778,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-54",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1420,
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
            180,
            6,
            40,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-55",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1420,
            638,
            210,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/scene/current"
        }
      },
      {
        "box": {
          "id": "obj-56",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1420,
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
          "id": "obj-57",
          "maxclass": "number",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            1760,
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
            290,
            6,
            40,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-58",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1760,
            638,
            203,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/scene/coming"
        }
      },
      {
        "box": {
          "id": "obj-59",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1760,
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
          "id": "obj-60",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            740,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "quick",
          "fontface": 1,
          "textjustification": 1,
          "presentation": 1,
          "presentation_rect": [
            6,
            6,
            104,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-61",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            900,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "scene",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            130,
            7,
            46,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-62",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1060,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "coming",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            232,
            7,
            54,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-63",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1220,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "beats",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            6,
            188,
            50,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-64",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1380,
            838,
            150,
            20
          ],
          "outlettype": [],
          "text": "place",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            6,
            250,
            50,
            18
          ]
        }
      }
    ],
    "lines": [
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
            "obj-20",
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
            "obj-23",
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
            "obj-29",
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
            "obj-32",
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
            "obj-33",
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
            "obj-33",
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
            "obj-38",
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
            "obj-43",
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
            "obj-44",
            0
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
            "obj-49",
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
            "obj-49",
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
            "obj-54",
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
            "obj-59",
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
            "obj-57",
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
