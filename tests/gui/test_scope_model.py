"""The latent scope without a display: points, gaps, spans, pixels."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep_gui.models.scope import POINTS, REVIEW, SMALLEST, Inks, Scope, Values

INKS = Inks(ground=0, zero=1, encoded=2, played=3)
ROWS = 41


def values(encoded: float, played: float) -> Values:
    """Of two dimensions, the second at rest."""
    return np.array([[encoded, 0.0], [played, 0.0]], dtype=np.float32)


def drawn(scope: Scope, columns: int, ink: int) -> list[list[int]]:
    """Rows of each column, from the lowest, that have an ink; of the first dimension."""
    return [np.flatnonzero(column == ink).tolist() for column in scope.pixels(0, INKS, columns, ROWS)]


def test_played_lies_over_encoded_and_both_over_the_zero_line() -> None:
    scope = Scope()
    for _ in range(3):
        scope.note(values(0.5, -1.0))
    assert scope.spans[0] == 1.0
    assert drawn(scope, 3, INKS.played) == [[0, 1]] * 3
    assert drawn(scope, 3, INKS.encoded) == [[29, 30]] * 3
    assert drawn(scope, 3, INKS.zero) == [[20]] * 3
    scope.note(values(-1.0, -1.0))
    assert drawn(scope, 1, INKS.played) == [[0, 1]]
    assert drawn(scope, 1, INKS.encoded)[0] == list(range(2, 31))  # from where it was


def test_the_newest_point_is_the_last_column_however_long_it_runs() -> None:
    scope = Scope()
    for count in range(3 * POINTS):
        scope.note(values(0.0, 1.0 if count % 2 else -1.0))
    scope.note(values(0.0, 0.0))
    scope.note(values(0.0, 0.0))
    assert drawn(scope, 2, INKS.played)[-1] == [20, 21] or drawn(scope, 2, INKS.played)[-1] == [19, 20]
    assert all(drawn(scope, POINTS - 1, INKS.played))


def test_gaps_are_empty_and_nothing_is_drawn_across_them() -> None:
    scope = Scope()
    for moment in (values(0.0, 1.0), None, values(0.0, np.nan), values(0.0, np.inf), values(0.0, -1.0)):
        scope.note(moment)
    assert [len(rows) for rows in drawn(scope, 5, INKS.played)] == [2, 0, 0, 0, 2]
    assert not any(scope.pixels(0, INKS, 5, ROWS)[1])


def test_more_columns_than_points_are_blank_on_the_left() -> None:
    scope = Scope()
    for _ in range(POINTS):
        scope.note(values(0.0, 1.0))
    found = drawn(scope, POINTS + 9, INKS.played)
    assert not any(found[:10])
    assert all(found[10:])


def test_a_span_widens_at_once_and_narrows_when_what_was_loud_is_gone() -> None:
    scope = Scope()
    scope.note(values(0.0, 5.0))
    assert scope.spans[:2].tolist() == [8.0, SMALLEST]
    for _ in range(POINTS - 1):
        scope.note(values(0.1, 0.1))
        assert scope.spans[0] == 8.0
    for _ in range(REVIEW):
        scope.note(values(0.1, 0.1))
    assert scope.spans[0] == 0.125


def test_forgetting_is_said_once_and_a_blank_scope_stays_as_it_is() -> None:
    scope = Scope()
    scope.note(None)
    scope.clear()
    assert (scope.version, scope.cleared, scope.blank) == (0, 0, True)
    scope.note(values(1.0, 1.0))
    assert not scope.blank
    scope.clear()
    assert (scope.cleared, scope.blank) == (1, True)
    assert not scope.pixels(0, INKS, POINTS, ROWS).any()


def test_after_a_ring_of_gaps_it_is_blank() -> None:
    scope = Scope()
    scope.note(values(1.0, 1.0))
    for _ in range(POINTS):
        assert not scope.blank
        scope.note(None)
    assert scope.blank


@pytest.mark.parametrize("size", [1, 8, 64])
def test_any_number_of_dimensions_fits(size: int) -> None:
    scope = Scope()
    scope.note(np.ones((2, size), dtype=np.float32))
    known = [bool(scope.pixels(index, INKS, 1, ROWS).any()) for index in range(64)]
    assert known == [index < size for index in range(64)]
