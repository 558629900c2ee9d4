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
      164.0,
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
    "description": "The mix: fader, dry/wet, crossfader, bypass, panic, what sounds when stems are late.",
    "digest": "The mix: fader, dry/wet, crossfader, bypass, panic, what sounds when stems are late.",
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
            164,
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
            30,
            36,
            204
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
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/fader"
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
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            238,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/fader"
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
            266,
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
          "maxclass": "multislider",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            360,
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
            30,
            20,
            204
          ]
        }
      },
      {
        "box": {
          "id": "obj-8",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            126,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/meter/mix"
        }
      },
      {
        "box": {
          "id": "obj-9",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 2,
          "patching_rect": [
            360,
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
          "id": "obj-10",
          "maxclass": "textbutton",
          "numinlets": 1,
          "numoutlets": 3,
          "patching_rect": [
            700,
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
          "text": "bypass",
          "texton": "bypass",
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
            84,
            30,
            74,
            26
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
            700,
            126,
            189,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/bypass"
        }
      },
      {
        "box": {
          "id": "obj-12",
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
          "id": "obj-13",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            238,
            189,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/bypass"
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
            266,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-15",
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
          "text": "panic",
          "texton": "panic",
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
            84,
            60,
            74,
            26
          ]
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            126,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/panic"
        }
      },
      {
        "box": {
          "id": "obj-17",
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
          "id": "obj-18",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            238,
            182,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/panic"
        }
      },
      {
        "box": {
          "id": "obj-19",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1040,
            266,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      },
      {
        "box": {
          "id": "obj-20",
          "maxclass": "slider",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            438,
            100,
            22
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
            84,
            116,
            74,
            16
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
            20,
            382,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/dry_wet"
        }
      },
      {
        "box": {
          "id": "obj-22",
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
          "id": "obj-23",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            20,
            494,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/dry_wet"
        }
      },
      {
        "box": {
          "id": "obj-24",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
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
          "id": "obj-25",
          "maxclass": "slider",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            438,
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
            84,
            164,
            74,
            16
          ]
        }
      },
      {
        "box": {
          "id": "obj-26",
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
          "text": "receive /rtsep/mix/crossfade"
        }
      },
      {
        "box": {
          "id": "obj-27",
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
          "id": "obj-28",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            360,
            494,
            210,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/crossfade"
        }
      },
      {
        "box": {
          "id": "obj-29",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            360,
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
          "id": "obj-30",
          "maxclass": "umenu",
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
            ""
          ],
          "items": [
            "dry",
            ",",
            "mute-safe"
          ],
          "presentation": 1,
          "presentation_rect": [
            84,
            212,
            74,
            22
          ]
        }
      },
      {
        "box": {
          "id": "obj-31",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            382,
            175,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/late"
        }
      },
      {
        "box": {
          "id": "obj-32",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            410,
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
          "id": "obj-33",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            700,
            494,
            175,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/late"
        }
      },
      {
        "box": {
          "id": "obj-34",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            700,
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
          "id": "obj-35",
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
          "id": "obj-36",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            382,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "receive /rtsep/mix/gain_db"
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
          "id": "obj-38",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 1,
          "patching_rect": [
            1040,
            494,
            196,
            22
          ],
          "outlettype": [
            ""
          ],
          "text": "prepend /rtsep/mix/gain_db"
        }
      },
      {
        "box": {
          "id": "obj-39",
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1040,
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
          "id": "obj-40",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            582,
            150,
            20
          ],
          "outlettype": [],
          "text": "master",
          "fontface": 1,
          "textjustification": 1,
          "presentation": 1,
          "presentation_rect": [
            6,
            6,
            152,
            20
          ]
        }
      },
      {
        "box": {
          "id": "obj-41",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            180,
            582,
            150,
            20
          ],
          "outlettype": [],
          "text": "dry     wet",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            84,
            96,
            74,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-42",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            340,
            582,
            150,
            20
          ],
          "outlettype": [],
          "text": "a         b",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            84,
            144,
            74,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-43",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            500,
            582,
            150,
            20
          ],
          "outlettype": [],
          "text": "when late",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            84,
            192,
            74,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-44",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            660,
            582,
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
            "obj-2",
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
            "obj-9",
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
            "obj-10",
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
            "obj-10",
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
            "obj-17",
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
            "obj-15",
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
            "obj-23",
            0
          ],
          "destination": [
            "obj-24",
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
            "obj-23",
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
            "obj-25",
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
            "obj-25",
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
            "obj-32",
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
            "obj-30",
            1
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
            "obj-38",
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
            "obj-35",
            0
          ],
          "destination": [
            "obj-38",
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
