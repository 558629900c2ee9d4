"""The mixer page against an engine without sound: hands reach it, it reaches the page, nothing is made up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

pytest.importorskip("PySide6")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support import RATE
from window import Stand

from rtsep.changes import Bypass, Kill, Panic, StemGain, StemMute
from rtsep.control import Level
from rtsep.spec import MAX_STEMS, SeparatorSpec
from rtsep.units import SILENCE_DB
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.palette import DARK, LIGHT
from rtsep_gui.views.control_menu import ControlMenu
from rtsep_gui.views.mixer import MixerPage
from rtsep_gui.views.strip import StripView

pytestmark = pytest.mark.gui
LOUD = Level(-3.0, -1.0, -12.0, 0)
LEFT = Qt.MouseButton.LeftButton
TWO = SeparatorSpec("two", ("tonal", "rest"), 2, (RATE,), 64, 0, True)


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[Callable[..., Stand]]:
    stands: list[Stand] = []

    def begin(spec: SeparatorSpec | None = None) -> Stand:
        stands.append(Stand(qtbot, [MixerPage], spec))
        stand = stands[-1]
        stand.until(lambda: bool(page(stand).strips))
        return stand

    yield begin
    for stand in stands:
        stand.close()


@pytest.fixture
def stand(open_page: Callable[..., Stand]) -> Stand:
    return open_page()


def page(stand: Stand) -> MixerPage:
    found = stand.window.page
    assert isinstance(found, MixerPage)
    return found


def strip(stand: Stand, index: int = 0) -> StripView:
    return page(stand).strips[index]


def test_a_click_on_mute_mutes_and_the_button_shows_what_the_engine_says(stand: Stand) -> None:
    button = strip(stand).mute
    QTest.mouseClick(button, LEFT)
    assert not button.isChecked(), "only the engine's state changes what is shown"
    stand.until(lambda: stand.state.strips[0].mute)
    stand.until(button.isChecked)
    stand.remote.apply(StemMute("vocals", False))
    stand.until(lambda: not button.isChecked())


def test_solo_safe_sides_and_outputs_reach_the_engine(stand: Stand) -> None:
    view = strip(stand, 1)
    QTest.mouseClick(view.solo, LEFT)
    QTest.mouseClick(view.safe, LEFT)
    QTest.mouseClick(view.sides.buttons["b"], LEFT)
    view.output.activated.emit(view.output.findText("3–4"))
    stand.until(lambda: (stand.state.strips[1].solo, stand.state.strips[1].side) == (True, "b"))
    stand.until(lambda: stand.state.show.safe == ("drums",) and stand.state.strips[1].output == 2)
    stand.until(lambda: view.output.currentText() == "3–4" and view.sides.buttons["b"].isChecked())


def test_a_dragged_fader_sets_the_gain_and_follows_nobody_while_it_is_held(stand: Stand) -> None:
    fader = strip(stand).fader
    start = QPoint(fader.width() // 2, fader.height() // 2)
    QTest.mousePress(fader, LEFT, pos=start)
    QTest.mouseMove(fader, start + QPoint(0, 40))
    stand.until(lambda: stand.state.strips[0].gain_db < -1.0)
    wanted = fader.value
    stand.remote.apply(StemGain("vocals", 6.0))
    stand.rounds(3)
    assert fader.value == wanted
    QTest.mouseRelease(fader, LEFT, pos=start + QPoint(0, 40))
    stand.until(lambda: fader.value == 6.0)


def test_a_fader_that_nobody_holds_follows_the_engine(stand: Stand) -> None:
    stand.remote.apply(StemGain("bass", -20.0))
    stand.until(lambda: strip(stand, 2).fader.value == -20.0)
    stand.until(lambda: strip(stand, 2).readout.text() == "−20.0")


def test_a_double_click_resets_and_wheel_and_keys_step(stand: Stand) -> None:
    fader = strip(stand).fader
    stand.remote.apply(StemGain("vocals", -20.0))
    stand.until(lambda: fader.value == -20.0)
    QTest.mouseDClick(fader, LEFT)
    stand.until(lambda: stand.state.strips[0].gain_db == 0.0)
    QTest.keyClick(fader, Qt.Key.Key_Down)
    stand.until(lambda: stand.state.strips[0].gain_db == -1.0)
    QTest.keyClick(fader, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    stand.until(lambda: stand.state.strips[0].gain_db == pytest.approx(-0.9))
    turn_wheel(fader, -120)
    stand.until(lambda: stand.state.strips[0].gain_db == pytest.approx(-1.9))


def turn_wheel(widget: object, angle: int) -> None:
    middle = QPointF(5.0, 5.0)
    none, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    turned = QWheelEvent(middle, middle, QPoint(), QPoint(0, angle), buttons, none, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(widget, turned)  # type: ignore[arg-type]


def test_a_gain_can_be_typed(stand: Stand) -> None:
    readout = strip(stand).readout
    readout.setFocus()
    readout.selectAll()
    QTest.keyClicks(readout, "-7,5")
    QTest.keyClick(readout, Qt.Key.Key_Return)
    stand.until(lambda: stand.state.strips[0].gain_db == -7.5)
    assert not any(each.mute for each in stand.state.strips), "figures that are typed are no shortcuts"


def test_the_master_reaches_the_engine(stand: Stand) -> None:
    master = page(stand).master
    QTest.mouseClick(master.quick["instrumental"], LEFT)
    stand.until(lambda: [each.mute for each in stand.state.strips] == [True, False, False, False])
    stand.until(master.quick["instrumental"].isChecked)
    QTest.mouseClick(master.bypass, LEFT)
    stand.until(lambda: stand.state.bypass)
    turn_wheel(master.crossfade, 120)
    stand.until(lambda: stand.state.crossfade > 0.0)
    turn_wheel(master.dry_wet, -120)
    stand.until(lambda: stand.state.dry_wet < 1.0)
    QTest.mouseClick(master.record, LEFT)
    stand.until(lambda: bool(stand.remote.engine.recording))
    stand.until(master.record.isChecked)


def test_panic_cannot_be_missed(stand: Stand) -> None:
    banner = page(stand).banner
    assert banner.isHidden()
    stand.remote.apply(Panic(True))
    stand.until(banner.isVisible)
    assert page(stand).master.panic.isChecked()
    QTest.mouseClick(page(stand).master.panic, LEFT)
    stand.until(lambda: not stand.state.panic and banner.isHidden())


def test_other_stems_make_other_strips(stand: Stand) -> None:
    assert [view.stem for view in page(stand).strips] == ["vocals", "drums", "bass", "other"]
    stand.live.chosen = 3
    stand.remote.load(TWO)
    stand.until(lambda: [view.stem for view in page(stand).strips] == ["tonal", "rest"])
    assert stand.live.chosen == 1
    assert not page(stand).master.quick["acapella"].isEnabled()


def test_one_stem_and_sixteen_have_room(open_page: Callable[..., Stand]) -> None:
    for count in (1, MAX_STEMS):
        names = tuple(f"stem {index}" for index in range(count))
        stand = open_page(SeparatorSpec("many", names, 2, (RATE,), 64, 0, True))
        assert [view.stem for view in page(stand).strips] == list(names)
        assert all(view.fader.height() > 100 and view.width() >= 100 for view in page(stand).strips)
        assert page(stand).master.isVisible()
        assert stand.window.width() == 1280


def test_a_lost_engine_greys_the_page_out_and_shows_no_levels(stand: Stand) -> None:
    view = strip(stand)
    page(stand).tick(Meters((LOUD,) * 4, LOUD, LOUD))
    assert lit_pixels(view) > 0
    stand.remote.away = True
    stand.until(lambda: not view.isEnabled())
    stand.window.tick()
    assert lit_pixels(view) == 0
    QTest.mouseClick(view.mute, LEFT)
    stand.remote.away = False
    stand.until(view.isEnabled)
    assert not stand.state.strips[0].mute


def lit_pixels(view: StripView) -> int:
    """Of the meter, in the stem's colour."""
    image = view.meter.grab().toImage()
    middle = image.width() // 2
    return sum(image.pixelColor(middle, y).name() == view.meter.colour for y in range(image.height()))


def test_the_clip_light_goes_out_by_a_click(stand: Stand) -> None:
    meter = strip(stand).meter
    clipped = Level(1.0, 1.0, -3.0, 5)
    meter.show_level(clipped)
    assert meter.lit
    QTest.mouseClick(meter, LEFT)
    meter.show_level(clipped)
    assert not meter.lit


def menu_of(widget: object) -> ControlMenu:
    return widget.findChild(ControlMenu)  # type: ignore[attr-defined]


def test_every_control_tells_its_address_and_has_a_menu(stand: Stand) -> None:
    view, master = strip(stand), page(stand).master
    sides, quick = view.sides.buttons.values(), master.quick.values()
    strip_widgets = (view.fader, view.pan, view.mute, view.solo, view.safe, view.output, view.meter, *sides)
    master_widgets = (master.fader, master.dry_wet, master.crossfade, master.bypass, master.panic, master.record)
    for widget in (*strip_widgets, *master_widgets, master.meter, *quick):
        menu = menu_of(widget)
        assert stand.live.address(menu.path) is not None, menu.path
        assert menu.path in menu.tip()
        assert widget.accessibleDescription() == menu.path


def test_the_menu_copies_learns_and_resets(stand: Stand) -> None:
    stand.remote.apply(StemGain("vocals", -9.0))
    menu = menu_of(strip(stand).fader).menu()
    by_name = {action.text(): action for action in menu.actions()}
    by_name["Copy OSC address"].trigger()
    assert QGuiApplication.clipboard().text() == "/rtsep/stem/vocals/gain_db"
    by_name["MIDI learn"].trigger()
    stand.until(lambda: stand.remote.asked == [("/rtsep/midi/learn", ("/rtsep/stem/vocals/gain_db",))])
    by_name["Reset"].trigger()
    stand.until(lambda: stand.state.strips[0].gain_db == 0.0)


def test_keys_play_the_chosen_strip_and_a_fader_that_is_touched_is_chosen(stand: Stand) -> None:
    stand.window.setFocus()
    QTest.keyClick(stand.window, Qt.Key.Key_Right)
    assert stand.live.chosen == 1
    QTest.keyClick(stand.window, Qt.Key.Key_Down)
    stand.until(lambda: stand.state.strips[1].gain_db == -1.0)
    strip(stand, 3).fader.setFocus()
    assert stand.live.chosen == 3
    QTest.keyClick(stand.window, Qt.Key.Key_Left)
    assert stand.live.chosen == 2
    assert strip(stand, 2).fader.hasFocus()


def test_keys_mute_and_kill_while_they_are_held(stand: Stand) -> None:
    stand.window.setFocus()
    QTest.keyClick(stand.window, Qt.Key.Key_1)
    stand.until(lambda: stand.state.strips[0].mute)
    QTest.keyPress(stand.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    stand.until(lambda: stand.state.show.kills == ("drums",))
    QTest.keyRelease(stand.window, Qt.Key.Key_2)
    stand.until(lambda: stand.state.show.kills == ())
    assert (Kill("drums", True),) not in stand.remote.engine.applied


def test_the_help_opens_and_closes(stand: Stand) -> None:
    stand.window.setFocus()
    QTest.keyClick(stand.window, Qt.Key.Key_F1)
    assert stand.window.help.isVisible()
    QTest.keyClick(stand.window, Qt.Key.Key_Escape)
    assert not stand.window.help.isVisible()


def test_another_theme_keeps_everything(stand: Stand) -> None:
    stand.remote.apply(StemGain("other", SILENCE_DB), Bypass(True))
    stand.rounds(3)
    for palette in (LIGHT, DARK):
        stand.window.restyle(palette)
        stand.until(lambda: strip(stand, 3).fader.value == SILENCE_DB)
        assert page(stand).master.bypass.isChecked()
