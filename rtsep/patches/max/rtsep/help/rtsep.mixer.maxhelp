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
      916.0
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
    "description": "Everything on one page: connection, strips, master, show.",
    "digest": "Everything on one page: connection, strips, master, show.",
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
            91,
            20
          ],
          "outlettype": [],
          "text": "rtsep.mixer",
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
            413,
            20
          ],
          "outlettype": [],
          "text": "Everything on one page: connection, strips, master, show."
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
            716,
            706
          ],
          "name": "rtsep.mixer.maxpat",
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
          "maxclass": "newobj",
          "numinlets": 1,
          "numoutlets": 0,
          "patching_rect": [
            20,
            876,
            91,
            22
          ],
          "outlettype": [],
          "text": "s rtsep.out"
        }
      }
    ],
    "lines": [],
    "dependency_cache": [],
    "autosave": 0
  }
}
