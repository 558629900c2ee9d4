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
      756.0,
      364.0
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
    "description": "A separator's latent: partitions' amounts, dimensions' scale, offset and set.",
    "digest": "A separator's latent: partitions' amounts, dimensions' scale, offset and set.",
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
            796,
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
            756,
            364
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
            64,
            12,
            76,
            190
          ],
          "name": "rtsep.partition.maxpat",
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
            "vocals"
          ],
          "presentation": 1,
          "presentation_rect": [
            64,
            12,
            76,
            190
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
            148,
            12,
            76,
            190
          ],
          "name": "rtsep.partition.maxpat",
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
            "drums"
          ],
          "presentation": 1,
          "presentation_rect": [
            148,
            12,
            76,
            190
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
            232,
            12,
            76,
            190
          ],
          "name": "rtsep.partition.maxpat",
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
            "bass"
          ],
          "presentation": 1,
          "presentation_rect": [
            232,
            12,
            76,
            190
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
            316,
            12,
            76,
            190
          ],
          "name": "rtsep.partition.maxpat",
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
            "other"
          ],
          "presentation": 1,
          "presentation_rect": [
            316,
            12,
            76,
            190
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
            64,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            0
          ],
          "presentation": 1,
          "presentation_rect": [
            64,
            222,
            84,
            132
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
            150,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            150,
            222,
            84,
            132
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
            236,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            236,
            222,
            84,
            132
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
            322,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            322,
            222,
            84,
            132
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
            408,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            408,
            222,
            84,
            132
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
            494,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            494,
            222,
            84,
            132
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
            580,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            580,
            222,
            84,
            132
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
            666,
            222,
            84,
            132
          ],
          "name": "rtsep.dim.maxpat",
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
            666,
            222,
            84,
            132
          ]
        }
      },
      {
        "box": {
          "id": "obj-14",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            796,
            70,
            150,
            20
          ],
          "outlettype": [],
          "text": "scale",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            250,
            54,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-15",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            956,
            70,
            150,
            20
          ],
          "outlettype": [],
          "text": "offset",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            276,
            54,
            18
          ]
        }
      },
      {
        "box": {
          "id": "obj-16",
          "maxclass": "comment",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            1116,
            70,
            150,
            20
          ],
          "outlettype": [],
          "text": "set",
          "fontsize": 11.0,
          "presentation": 1,
          "presentation_rect": [
            8,
            302,
            54,
            18
          ]
        }
      }
    ],
    "lines": [],
    "dependency_cache": [],
    "autosave": 0
  }
}
